package io.afp.core.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says how files are read, with the words of the YAML. */
public final class FilesBuilder {

  private final Map<String, Object> tree = new LinkedHashMap<>();

  FilesBuilder(String files, FileFormat format) {
    tree.put("files", files);
    tree.put("format", format.toString());
  }

  /** How the characters are stored, instead of UTF-8. */
  public FilesBuilder encoding(String encoding) {
    return put("encoding", encoding);
  }

  /** Texts that stand for null. */
  public FilesBuilder nullValues(String... texts) {
    return put("null_values", List.of(texts));
  }

  /** What happens when files of an interval that is done are not those that were loaded. */
  public FilesBuilder onChange(OnChange policy) {
    return put("on_change", policy.word());
  }

  Map<String, Object> tree() {
    return tree;
  }

  private FilesBuilder put(String key, Object value) {
    tree.put(key, value);
    return this;
  }
}
