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
 * @param lineSep what alone ends a line; empty for the usual line ends
 */
public record TextForm(String encoding, long skipLines, String lineSep) implements Serializable {

  /** One with the usual line ends. */
  public TextForm(String encoding, long skipLines) {
    this(encoding, skipLines, "");
  }

  /** That of a source. */
  public static TextForm of(FileSourceDef source) {
    return new TextForm(
        source.encoding().name(), source.csv().skipLines(), source.csv().details().lineSep());
  }

  /** The same text without lines before it. */
  public TextForm skippingNone() {
    return new TextForm(encoding, 0, lineSep);
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
