package io.afp.agentic.scaffold;

import io.afp.agentic.tree.PlainPath;
import io.afp.agentic.tree.TextFile;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the files of the scaffold that are kept in step to this version of AFP. Each is compared
 * with the text that AFP wrote last and with the one that it would write now; what people wrote is
 * never lost.
 */
public final class Upgrade {

  /** What becomes of a file. */
  public enum State {
    /** It is what AFP would write. */
    CURRENT,
    /** It is new in this version. */
    WRITTEN,
    /** Nobody has changed it, AFP has. */
    REPLACED,
    /** Somebody and AFP have changed different places. */
    MERGED,
    /** Somebody and AFP have changed the same place; it stays, and both are in a file beside it. */
    CONFLICT,
    /** Somebody has changed it and AFP has not, or AFP did not write it, or it is a link. */
    KEPT,
    /** Somebody has deleted it. */
    DELETED;

    /** As it is told. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the file has what this version has, once that was done. */
    public boolean isOfThisVersion() {
      return this == CURRENT || this == WRITTEN || changesFile();
    }

    /** Whether the file itself is written over. */
    public boolean changesFile() {
      return this == REPLACED || this == MERGED;
    }
  }

  /**
   * What becomes of a file.
   *
   * @param place from the root of the project
   * @param text what is written: into the file, or beside it where there is a conflict; of a file
   *     that is kept, what was decided against, or nothing
   */
  public record Change(String place, State state, String text) {

    /** The file that shows a conflict. */
    public String beside() {
      return place + ".rej";
    }
  }

  private final Path root;
  private final Map<String, String> current;
  private final Set<String> yours;

  /**
   * An upgrade of a project.
   *
   * @param yours files that stay as they are where there is a conflict
   */
  public Upgrade(Path root, Scaffold scaffold, Set<String> yours) {
    this.root = root;
    this.current = scaffold.kept();
    this.yours = yours;
  }

  /** What would become of each file; nothing is written. */
  public List<Change> plan() {
    return current.entrySet().stream().map(f -> change(f.getKey(), f.getValue())).toList();
  }

  private Change change(String place, String theirs) {
    Path file = root.resolve(place);
    Path base = root.resolve(Scaffold.base(place));
    boolean known = Files.isRegularFile(base) && PlainPath.isPlain(root, Scaffold.base(place));
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return missing(place, known, theirs);
    }
    if (!PlainPath.isPlain(root, place) || !Files.isRegularFile(file)) {
      return new Change(place, State.KEPT, "");
    }
    Optional<HandWritten> mine = HandWritten.read(file);
    if (mine.filter(hand -> hand.text().equals(theirs)).isPresent()) {
      return new Change(place, State.CURRENT, theirs);
    }
    Optional<HandWritten> before = known ? HandWritten.read(base) : Optional.empty();
    return mine.isPresent() && before.isPresent()
        ? merged(place, before.get().text(), mine.get(), theirs)
        : new Change(place, State.KEPT, "");
  }

  private Change missing(String place, boolean known, String theirs) {
    if (known) {
      return new Change(place, State.DELETED, "");
    }
    return PlainPath.isPlain(root, place)
        ? new Change(place, State.WRITTEN, theirs)
        : new Change(place, State.KEPT, "");
  }

  private Change merged(String place, String base, HandWritten mine, String theirs) {
    if (base.equals(theirs)) {
      return new Change(place, State.KEPT, "");
    }
    if (base.equals(mine.text())) {
      return new Change(place, State.REPLACED, mine.write(theirs));
    }
    Merge merge = Merge.of(base, mine.text(), theirs);
    if (merge.conflicts() == 0) {
      return new Change(place, State.MERGED, mine.write(merge.text()));
    }
    return yours.contains(place)
        ? new Change(place, State.KEPT, theirs)
        : new Change(place, State.CONFLICT, mine.write(merge.text()));
  }

  /**
   * Does what was planned.
   *
   * @throws AfpException HOME_UNWRITABLE before anything is written, if somebody is at work in a
   *     file that would show a conflict
   */
  public void apply(List<Change> changes) {
    changes.stream().filter(c -> c.state() == State.CONFLICT).forEach(this::requireFree);
    for (Change change : changes) {
      switch (change.state()) {
        case WRITTEN, REPLACED, MERGED -> {
          TextFile.write(root, change.place(), change.text());
          remember(change);
        }
        case CONFLICT -> TextFile.write(root, change.beside(), change.text());
        case CURRENT -> remember(change);
        case KEPT -> {
          if (!change.text().isEmpty()) {
            remember(change);
          }
        }
        case DELETED -> {
          continue;
        }
      }
    }
  }

  private void requireFree(Change conflict) {
    Path beside = root.resolve(conflict.beside());
    boolean isThere = Files.exists(beside, LinkOption.NOFOLLOW_LINKS);
    if (isThere && !has(beside, conflict.text())) {
      throw new AfpException(
          ErrorCode.HOME_UNWRITABLE,
          "Cannot show a conflict: the file for it is there with another text (file=%s)"
              .formatted(conflict.beside()),
          "Take over what you want from it, delete it, and run the same command again.");
    }
  }

  private static boolean has(Path file, String text) {
    return Files.isRegularFile(file)
        && HandWritten.read(file).filter(hand -> hand.write(hand.text()).equals(text)).isPresent();
  }

  private void remember(Change change) {
    TextFile.write(root, Scaffold.base(change.place()), current.get(change.place()));
  }
}
