package io.afp.ingestion.file;

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
record TextForm(String encoding, long skipLines) implements Serializable {

  static TextForm of(FileSourceDef source) {
    return new TextForm(source.encoding().name(), source.csv().skipLines());
  }

  Charset charset() {
    return Charset.forName(encoding);
  }

  boolean isUtf8() {
    return charset().equals(StandardCharsets.UTF_8);
  }
}
