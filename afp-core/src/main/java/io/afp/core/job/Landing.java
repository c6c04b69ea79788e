package io.afp.core.job;

import io.afp.core.definition.OnChange;
import io.afp.core.definition.TableDef;
import io.afp.core.error.Count;
import io.afp.core.ledger.LoadedFile;
import io.afp.core.ledger.SourceChange;
import io.afp.core.spi.Inputs.FileInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The files of a landing folder, held against those whose rows are in the table. A file is known by
 * its path: one that is called otherwise is another one, because in such a folder files come, are
 * archived, and may well be equal.
 */
final class Landing {

  private final TableDef table;
  private final List<FileInput> now;
  private final Map<String, LoadedFile> gone;
  private final boolean isFirst;
  private final Set<FileInput> fresh = new HashSet<>();
  private final Set<FileInput> changed = new HashSet<>();
  private final Set<FileInput> redefined = new HashSet<>();
  private final List<LoadedFile> learned = new ArrayList<>();

  /**
   * Compares.
   *
   * @param loaded by path
   * @param isOld whether a file was loaded by another definition
   */
  Landing(
      TableDef table,
      Map<String, LoadedFile> loaded,
      List<FileInput> now,
      Predicate<LoadedFile> isOld) {
    this.table = table;
    this.now = List.copyOf(now);
    this.gone = new HashMap<>(loaded);
    this.isFirst = loaded.isEmpty();
    boolean merges = table.write().mode().merges();
    now.forEach(file -> compare(file, merges ? isOld : before -> false));
  }

  private void compare(FileInput file, Predicate<LoadedFile> isOld) {
    LoadedFile before = gone.remove(file.path());
    if (before == null) {
      fresh.add(file);
    } else if (isOld.test(before)) {
      redefined.add(file);
    } else if (!file.isSame(before)) {
      changed.add(file);
    } else if (!before.vouchesFor(file.stamp())) {
      learned.add(file.loaded());
    }
  }

  /** What is to be loaded: what is new, and what is not as it was loaded, if that is reloaded. */
  List<FileInput> toLoad() {
    return now.stream()
        .filter(file -> fresh.contains(file) || redefined.contains(file) || isReloaded(file))
        .toList();
  }

  private boolean isReloaded(FileInput file) {
    return table.onChange() == OnChange.RELOAD && changed.contains(file);
  }

  /** The files whose rows are in the table and that are to be loaded again, by path. */
  List<String> reloaded() {
    return now.stream().filter(this::isReloaded).map(FileInput::path).toList();
  }

  /** The files that have other bytes than were loaded, whatever becomes of them. */
  List<SourceChange> changes() {
    return now.stream()
        .filter(changed::contains)
        .map(file -> SourceChange.changed(file.path()))
        .toList();
  }

  /** Files that had to be read to find out that they are what was loaded. */
  List<LoadedFile> learned() {
    return learned;
  }

  /** Why the table is to be done; empty when it has all files. */
  Optional<Reason> reason() {
    List<FileInput> files = toLoad();
    if (files.isEmpty()) {
      return Optional.empty();
    }
    long bytes = files.stream().mapToLong(file -> file.stamp().size()).sum();
    StringBuilder text = new StringBuilder();
    text.append(
        "%s to load (%s): ".formatted(Count.of(files.size(), "file"), Count.of(bytes, "byte")));
    text.append(SourceChange.first(files.stream().map(FileInput::path).toList()));
    if (!reloaded().isEmpty()) {
      text.append("; changed since they were loaded: ").append(SourceChange.first(reloaded()));
    }
    if (!redefined.isEmpty()) {
      text.append("; the definition changed").append(left());
    }
    return Optional.of(isFirst ? Reason.missing(text.toString()) : Reason.stale(text.toString()));
  }

  private String left() {
    return gone.isEmpty()
        ? ""
        : ", and the rows of %s that are gone stay as they were loaded"
            .formatted(Count.of(gone.size(), "file"));
  }
}
