package io.afp.core.job;

import io.afp.core.definition.OnChange;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.definition.WriteDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.ledger.DoneUnits.Done;
import io.afp.core.ledger.InputText;
import io.afp.core.ledger.SourceChange;
import io.afp.core.ledger.StepUnit;
import io.afp.core.ledger.StepUnit.Earlier;
import io.afp.core.spi.Inputs;
import io.afp.core.spi.Inputs.FileInput;
import io.afp.core.spi.Inputs.SourceInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Whether a unit is to be done, and why: it is done when the ledger knows it with the same inputs
 * and the same definition.
 *
 * @param restateUpTo what later releases than this wrote is not restated again
 */
record Reasons(
    Planner.Wish wish, long restateUpTo, Versions versions, InputSearch search, SourceWatch watch) {

  /**
   * Why a unit is to be done that somebody wants; empty when it is done.
   *
   * @throws AfpException INTERVAL_EXISTS if it would be appended twice
   */
  Optional<Reason> wanted(TableDef table, Inputs inputs, Unit unit) {
    if (wish.fullRefresh()) {
      return Optional.of(builtAnew(table, inputs));
    }
    Optional<Reason> found = of(table, inputs, unit);
    Optional<Reason> reason =
        found.filter(why -> !why.isLookback()).or(() -> restated(table, unit)).or(() -> found);
    reason.ifPresent(why -> requireFirstAppend(table));
    return reason;
  }

  private Reason builtAnew(TableDef table, Inputs inputs) {
    int gone = table.landsFiles() ? watch.gone(table, filesOf(inputs)) : 0;
    return gone > 0 ? Reason.builtAnewWithout(Count.of(gone, "file")) : Reason.builtAnew();
  }

  /** The files of a landing folder, held against those that the table has. */
  private Landing landing(TableDef table, Inputs inputs) {
    return watch.landing(table, versions.ofDefinition(table), filesOf(inputs));
  }

  private static List<FileInput> filesOf(Inputs inputs) {
    return inputs.files().getOrDefault(Unit.all(), List.of());
  }

  /** The inputs of a table, of a landing folder those that are to be loaded. */
  Inputs toLoad(TableDef table, Inputs inputs) {
    return table.landsFiles() && !wish.fullRefresh()
        ? inputs.withFilesOf(Unit.all(), landing(table, inputs).toLoad())
        : inputs;
  }

  /** Why a unit is to be done, whoever wants it; empty when it is done. */
  Optional<Reason> of(TableDef table, Inputs inputs, Unit unit) {
    if (table.landsFiles()) {
      Landing landing = landing(table, inputs);
      requireReplaceable(table, landing.reloaded());
      return landing.reason();
    }
    Done found = versions.done(table.name()).get(unit.label());
    boolean gone = search.isWithoutFile(table.name(), unit);
    if (found == null) {
      return Optional.of(gone ? Reason.withoutFile() : Reason.missing());
    }
    if (!found.definitionHash().equals(versions.ofDefinition(table))) {
      return Optional.of(Reason.stale("the definition changed"));
    }
    if (table.fileSource().isPresent()) {
      return gone && table.onChange() == OnChange.RELOAD
          ? Optional.empty()
          : stale(table, fileChanges(table, inputs, unit));
    }
    if (table.source().isPresent() && table.hasInterval()) {
      return stale(table, rowChanges(table, inputs, unit));
    }
    List<String> wanted = texts(inputs, unit, versions::of);
    if (found.inputs().equals(wanted)) {
      return Optional.empty();
    }
    String why = String.join(", ", InputText.differences(found.inputs(), wanted));
    boolean late = found.inputs().equals(texts(inputs, unit, versions::withoutLookback));
    return Optional.of(late ? Reason.late(why) : Reason.stale(why));
  }

  private List<SourceChange> fileChanges(TableDef table, Inputs inputs, Unit unit) {
    return watch.changes(table, unit, inputs.files().getOrDefault(unit, List.of()));
  }

  /** The rows of an interval at the source are in another state. */
  private List<SourceChange> rowChanges(TableDef table, Inputs inputs, Unit unit) {
    List<SourceChange> changes =
        Optional.ofNullable(inputs.sources().get(unit)).stream()
            .flatMap(now -> rowChange(table, unit, now).stream())
            .toList();
    watch.saw(table, unit, changes);
    return changes;
  }

  /** What was loaded while nobody asked for its state can't be compared. */
  private Optional<SourceChange> rowChange(TableDef table, Unit unit, SourceInput now) {
    Optional<String> loaded = watch.of(table.name()).version(unit, now.name());
    if (loaded.isEmpty()) {
      watch.missesState(table, unit);
    }
    return loaded
        .filter(then -> !then.equals(now.version()))
        .map(then -> SourceChange.changedRows(now.name(), then));
  }

  /** What the definition says about a source that is not what was loaded. */
  private static Optional<Reason> stale(TableDef table, List<SourceChange> changes) {
    boolean reloads =
        table.onChange() == OnChange.RELOAD && changes.stream().anyMatch(SourceChange::isOfRows);
    String why = changes.stream().map(SourceChange::text).collect(Collectors.joining(", "));
    return reloads ? Optional.of(Reason.stale(why)) : Optional.empty();
  }

  private Optional<Reason> restated(TableDef table, Unit unit) {
    return Optional.ofNullable(versions.done(table.name()).get(unit.label()))
        .filter(done -> wish.restates(unit) && done.release() <= restateUpTo)
        .map(done -> Reason.restated());
  }

  /**
   * Without intervals nothing says which rows are new: appending again would double the old ones.
   */
  private void requireFirstAppend(TableDef table) {
    boolean appends = table.write().mode() == WriteDef.WriteMode.APPEND && !table.hasInterval();
    boolean knows = versions.hasWatermark(table.name()) || watch.hasLanded(table);
    if (appends && search.isPublished(table.name()) && !knows) {
      throw AfpException.at(
          Location.file(table.file()),
          ErrorCode.INTERVAL_EXISTS,
          "Cannot append to table %s again: it is there already, and nothing says which rows are new"
              .formatted(table.name()),
          table.landsFiles()
              ? "Build it anew by --full-refresh: from then on it is known of which files its rows are."
              : "Declare write.interval_column, so that each interval is appended once, or use mode replace.");
    }
  }

  /** What was appended can only be taken out again where rows say of which file they are. */
  private static void requireReplaceable(TableDef table, List<String> changed) {
    boolean appends = table.write().mode() == WriteDef.WriteMode.APPEND;
    if (appends && !changed.isEmpty() && table.metadata().source().isEmpty()) {
      throw AfpException.at(
          new Location(table.file(), 0, "from"),
          ErrorCode.APPENDED_FILE_CHANGED,
          "Cannot load files into %s again: they have changed, and no row says of which file it is (files=%s)"
              .formatted(table.name(), SourceChange.first(changed)),
          "Write on_change: warn to leave their rows as they are. To have them replaced, declare"
              + " metadata: { source: _afp_source } and build the table anew once by --full-refresh.");
    }
  }

  /** A unit as it would be done now. */
  StepUnit stepUnit(TableDef table, Inputs inputs, Unit unit) {
    List<FileInput> files = inputs.files().getOrDefault(unit, List.of());
    return new StepUnit(
        unit,
        versions.ofDefinition(table),
        texts(inputs, unit, versions::of),
        () -> files.stream().map(FileInput::loaded).toList(),
        table.landsFiles() ? Earlier.KEPT : Earlier.REPLACED);
  }

  /** What a unit is made of beside files. */
  private static List<String> texts(
      Inputs inputs, Unit unit, BiFunction<TableName, Unit, String> versions) {
    List<String> texts = new ArrayList<>();
    Optional.ofNullable(inputs.sources().get(unit))
        .ifPresent(s -> texts.add(InputText.source(s.name(), s.version())));
    inputs.tables().forEach(t -> texts.add(InputText.table(t, versions.apply(t, unit))));
    inputs.javaClass().ifPresent(c -> texts.add(InputText.javaClass(c.name(), c.checksum())));
    texts.sort(null);
    return texts;
  }
}
