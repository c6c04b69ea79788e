package io.afp.ingestion.text;

import io.afp.core.definition.FileSourceDef;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the text of a file is stored.
 *
 * @param encoding the name of a charset
 * @param skipLines how many lines are not part of it
 */
public record TextForm(String encoding, long skipLines) implements Serializable {

  /** That of a source. */
  public static TextForm of(FileSourceDef source) {
    return new TextForm(source.encoding().name(), source.csv().skipLines());
  }

  /** The charset. */
  public Charset charset() {
    return Charset.forName(encoding);
  }

  /** Whether the bytes need no other encoding. */
  public boolean isUtf8() {
    return charset().equals(StandardCharsets.UTF_8);
  }
}
