package io.afp.core.definition;

import java.util.LinkedHashMap;
import java.util.Map;

/** Says which columns AFP adds to the rows of a source, with the words of the YAML. */
public final class MetadataBuilder {

  private final Map<String, Object> tree = new LinkedHashMap<>();

  MetadataBuilder() {}

  /** The column with the id of the run that wrote the row, such as {@code _afp_run_id}. */
  public MetadataBuilder runId(String column) {
    return put("run_id", column);
  }

  /** The column with the start of the attempt that wrote it, such as {@code _afp_ingested_at}. */
  public MetadataBuilder ingestedAt(String column) {
    return put("ingested_at", column);
  }

  /** The column with the file or table that the row is from, such as {@code _afp_source}. */
  public MetadataBuilder source(String column) {
    return put("source", column);
  }

  Map<String, Object> tree() {
    return tree;
  }

  private MetadataBuilder put(String key, String column) {
    tree.put(key, column);
    return this;
  }
}
