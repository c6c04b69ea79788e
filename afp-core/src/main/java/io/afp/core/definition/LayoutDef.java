package io.afp.core.definition;

/**
 * How the files of a table are cut.
 *
 * @param targetFileSize the bytes after which a file is full
 * @param distribution how rows come to the tasks that write them
 */
public record LayoutDef(long targetFileSize, Distribution distribution) {

  /** What a table has that says nothing. */
  public static final LayoutDef STANDARD = new LayoutDef(64L << 20, Distribution.HASH);

  /** How rows come to the tasks that write them. */
  public enum Distribution {
    /** Rows of a partition come together, in as few tasks as fill files. */
    HASH,
    /** Rows are sorted over all files. */
    RANGE,
    /** Rows stay where they are. */
    NONE
  }
}
