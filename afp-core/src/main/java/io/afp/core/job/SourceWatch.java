package io.afp.core.job;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.DoneUnits.Done;
import io.afp.core.ledger.InputText;
import io.afp.core.ledger.LoadedFile;
import io.afp.core.ledger.LoadedFiles;
import io.afp.core.ledger.SourceChange;
import io.afp.core.ledger.SourceNotes;
import io.afp.core.spi.Inputs.FileInput;
import io.afp.core.spi.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Watches the sources of what is done: a plan asks it how they differ from what was loaded. */
final class SourceWatch {

  private final Function<TableName, Map<String, Done>> done;
  private final LoadedFiles files;
  private final SourceNotes notes;
  private final Map<TableName, Map<String, Map<String, LoadedFile>>> loaded = new HashMap<>();
  private final Map<TableDef, Landing> landings = new HashMap<>();
  private final Map<TableDef, Looked> looked = new LinkedHashMap<>();
  private final Map<TableDef, Set<String>> unknown = new LinkedHashMap<>();

  /**
   * A watch.
   *
   * @param done the units of a table, by label
   */
  SourceWatch(Database database, Function<TableName, Map<String, Done>> done) {
    this.done = done;
    this.files = new LoadedFiles(database);
    this.notes = new SourceNotes(database);
  }

  /**
   * What was found in the units of a table that were looked at.
   *
   * @param changes of all of them, also of those that did not change
   * @param learned how files look that had to be read and have not changed
   */
  private record Looked(
      Map<String, List<SourceChange>> changes, Map<String, List<LoadedFile>> learned) {

    Looked() {
      this(new LinkedHashMap<>(), new HashMap<>());
    }
  }

  /** Knows what is in a table. */
  Stage.LoadedBefore of(TableName table) {
    return new Stage.LoadedBefore() {
      @Override
      public Optional<LoadedFile> file(Unit unit, String path) {
        return Optional.ofNullable(filesOf(table, unit).get(path));
      }

      @Override
      public boolean has(Unit unit) {
        return done.apply(table).containsKey(unit.label());
      }

      @Override
      public Optional<String> version(Unit unit, String source) {
        return Optional.ofNullable(done.apply(table).get(unit.label()))
            .flatMap(found -> InputText.versionOf(found.inputs(), source));
      }
    };
  }

  private Map<String, LoadedFile> filesOf(TableName table, Unit unit) {
    return loaded.computeIfAbsent(table, files::of).getOrDefault(unit.label(), Map.of());
  }

  /** How the files of a done unit differ from those that were loaded. */
  List<SourceChange> changes(TableDef table, Unit unit, List<FileInput> now) {
    Looked all = looked.computeIfAbsent(table, t -> new Looked());
    return all.changes()
        .computeIfAbsent(
            unit.label(),
            label -> {
              FileComparison compared =
                  new FileComparison(filesOf(table.name(), unit).values(), now);
              all.learned().put(label, compared.learned());
              return compared.changes();
            });
  }

  /**
   * The files of a landing folder, held against those that the table has.
   *
   * @param definition the hash of that of today
   */
  Landing landing(TableDef table, String definition, List<FileInput> now) {
    return landings.computeIfAbsent(
        table,
        t -> {
          Landing found = new Landing(t, landed(t), now, file -> isOld(t, definition, file));
          Looked all = looked.computeIfAbsent(t, each -> new Looked());
          all.changes().put(Unit.all().label(), found.changes());
          all.learned().put(Unit.all().label(), found.learned());
          return found;
        });
  }

  /** The files whose rows are in a table that has a landing folder, by path. */
  private Map<String, LoadedFile> landed(TableDef table) {
    return filesOf(table.name(), Unit.all());
  }

  /** How many files of a table that has a landing folder are not there any more. */
  int gone(TableDef table, List<FileInput> now) {
    Set<String> gone = new HashSet<>(landed(table).keySet());
    now.forEach(file -> gone.remove(file.path()));
    return gone.size();
  }

  /** Whether it is known which files are in a table that has a landing folder. */
  boolean hasLanded(TableDef table) {
    return table.landsFiles() && !landed(table).isEmpty();
  }

  /** Whether files are in a landing folder's table that were loaded by another definition. */
  boolean hasOld(TableDef table, String definition) {
    return landed(table).values().stream().anyMatch(file -> isOld(table, definition, file));
  }

  /** An older AFP knew the definition of the table, and not that of each file. */
  private boolean isOld(TableDef table, String definition, LoadedFile file) {
    Optional<String> loadedBy =
        file.definition()
            .or(
                () ->
                    Optional.ofNullable(done.apply(table.name()).get(Unit.all().label()))
                        .map(Done::definitionHash));
    return loadedBy.filter(definition::equals).isEmpty();
  }

  /** Keeps in mind how the rows of a done unit differ from those that were loaded. */
  void saw(TableDef table, Unit unit, List<SourceChange> changes) {
    looked.computeIfAbsent(table, t -> new Looked()).changes().put(unit.label(), changes);
  }

  /** Keeps in mind that nobody knows in what state the source of a done unit was loaded. */
  void missesState(TableDef table, Unit unit) {
    unknown.computeIfAbsent(table, t -> new TreeSet<>()).add(unit.label());
  }

  /** The done units of which it is not known whether their sources have changed, by table. */
  Map<TableDef, Set<String>> unknown() {
    return unknown;
  }

  /** All changes that were found. */
  List<SourceFindings.Found> found() {
    List<SourceFindings.Found> found = new ArrayList<>();
    looked.forEach(
        (table, all) ->
            all.changes()
                .forEach(
                    (unit, changes) ->
                        changes.forEach(c -> found.add(new SourceFindings.Found(table, unit, c)))));
    return found;
  }

  /** Writes down what was learned, for the next plan and for the status. */
  void remember() {
    looked.forEach(
        (table, all) -> {
          files.remember(table.name(), all.learned());
          notes.note(table.name(), all.changes().keySet(), warned(table, all.changes()));
        });
  }

  private static Map<String, List<SourceChange>> warned(
      TableDef table, Map<String, List<SourceChange>> changes) {
    Map<String, List<SourceChange>> warned = new HashMap<>();
    changes.forEach(
        (unit, all) ->
            warned.put(
                unit, all.stream().filter(c -> SourceFindings.isWarnedOf(table, c)).toList()));
    return warned;
  }
}
