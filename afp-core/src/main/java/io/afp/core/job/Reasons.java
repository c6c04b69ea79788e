package io.afp.core.job;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.definition.Unit;
import io.afp.core.definition.WriteDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.ledger.DoneUnits.Done;
import io.afp.core.ledger.InputText;
import io.afp.core.ledger.StepUnit;
import io.afp.core.spi.Inputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Whether a unit is to be done, and why: it is done when the ledger knows it with the same inputs
 * and the same definition.
 *
 * @param restateUpTo what later releases than this wrote is not restated again
 */
record Reasons(Planner.Wish wish, long restateUpTo, Versions versions, InputSearch search) {

  /**
   * Why a unit is to be done that somebody wants; empty when it is done.
   *
   * @throws AfpException INTERVAL_EXISTS if it would be appended twice
   */
  Optional<Reason> wanted(TableDef table, Inputs inputs, Unit unit) {
    if (wish.fullRefresh()) {
      return Optional.of(Reason.builtAnew());
    }
    Optional<Reason> found = of(table, inputs, unit);
    Optional<Reason> reason =
        found.filter(why -> !why.isLookback()).or(() -> restated(table, unit)).or(() -> found);
    reason.ifPresent(why -> requireFirstAppend(table));
    return reason;
  }

  /** Why a unit is to be done, whoever wants it; empty when it is done. */
  Optional<Reason> of(TableDef table, Inputs inputs, Unit unit) {
    Done found = versions.done(table.name()).get(unit.label());
    boolean gone = search.isWithoutFile(table.name(), unit);
    if (found == null) {
      return Optional.of(gone ? Reason.withoutFile() : Reason.missing());
    }
    StepUnit wanted = stepUnit(table, inputs, unit);
    if (!found.definitionHash().equals(wanted.definitionHash())) {
      return Optional.of(Reason.stale("the definition changed"));
    }
    if (gone || found.inputs().equals(wanted.inputs())) {
      return Optional.empty();
    }
    String why = String.join(", ", InputText.differences(found.inputs(), wanted.inputs()));
    boolean late = found.inputs().equals(texts(inputs, unit, versions::withoutLookback));
    return Optional.of(late ? Reason.late(why) : Reason.stale(why));
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
    if (appends && search.isPublished(table.name())) {
      throw AfpException.at(
          Location.file(table.file()),
          ErrorCode.INTERVAL_EXISTS,
          "Cannot append to table %s again: it is there already, and nothing says which rows are new"
              .formatted(table.name()),
          "Declare write.interval_column, so that each interval is appended once, or use mode replace.");
    }
  }

  /** A unit as it would be done now. */
  StepUnit stepUnit(TableDef table, Inputs inputs, Unit unit) {
    return new StepUnit(unit, versions.ofDefinition(table), texts(inputs, unit, versions::of));
  }

  private static List<String> texts(
      Inputs inputs, Unit unit, BiFunction<TableName, Unit, String> versions) {
    List<String> texts = new ArrayList<>();
    inputs
        .files()
        .getOrDefault(unit, List.of())
        .forEach(f -> texts.add(InputText.file(f.path(), f.checksum())));
    inputs.tables().forEach(t -> texts.add(InputText.table(t, versions.apply(t, unit))));
    inputs.javaClass().ifPresent(c -> texts.add(InputText.javaClass(c.name(), c.checksum())));
    texts.sort(null);
    return texts;
  }
}
