package io.afp.core.job;

import io.afp.core.ledger.LoadedFile;
import io.afp.core.ledger.SourceChange;
import io.afp.core.spi.Inputs.FileInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares the files of a unit with those that were loaded for it. A file is read only where its
 * size and time leave open what it is.
 */
final class FileComparison {

  private final Map<String, LoadedFile> gone;
  private final List<FileInput> late = new ArrayList<>();
  private final List<SourceChange> changes = new ArrayList<>();
  private final List<LoadedFile> learned = new ArrayList<>();

  /** Compares. */
  FileComparison(Collection<LoadedFile> loaded, List<FileInput> now) {
    this.gone = new TreeMap<>();
    loaded.forEach(file -> gone.put(file.path(), file));
    now.forEach(this::compare);
    late.forEach(this::compareNames);
    gone.keySet().forEach(path -> changes.add(SourceChange.vanished(path)));
    changes.sort(Comparator.comparing(SourceChange::name));
  }

  /** The differences, by name; none when everything is as it was loaded. */
  List<SourceChange> changes() {
    return changes;
  }

  /** Files that had to be read to find out that they are what was loaded. */
  List<LoadedFile> learned() {
    return learned;
  }

  private void compare(FileInput file) {
    LoadedFile before = gone.remove(file.path());
    if (before == null) {
      late.add(file);
    } else if (!file.isSame(before)) {
      changes.add(SourceChange.changed(file.path()));
    } else if (!before.vouchesFor(file.stamp())) {
      learned.add(file.loaded());
    }
  }

  private void compareNames(FileInput file) {
    Optional<LoadedFile> was = gone.values().stream().filter(file::isSame).findFirst();
    was.ifPresent(f -> gone.remove(f.path()));
    changes.add(
        was.map(f -> SourceChange.renamed(f.path(), file.path()))
            .orElseGet(() -> SourceChange.late(file.path())));
  }
}
