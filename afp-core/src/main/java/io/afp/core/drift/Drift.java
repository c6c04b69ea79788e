package io.afp.core.drift;

import io.afp.core.definition.TableDef;
import io.afp.core.drift.SourceColumns.Naming;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.SchemaVersion;
import io.afp.core.ledger.SchemaVersion.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Holds the columns of a source against those that its table declares, and against those that it
 * had before.
 *
 * @param declared the table as it is defined
 * @param table the same with what its source brought before
 * @param known the versions of the source, in the order in which they were found
 */
public record Drift(TableDef declared, TableDef table, List<SchemaVersion> known) {

  public Drift {
    known = List.copyOf(known);
  }

  /**
   * What comes of it.
   *
   * @param table as it is to be loaded: with columns that drift let in
   * @param notLoaded the columns of the source that no column of the table is read from
   * @param versions the states of the source that were not known
   * @param warnings what people should know
   */
  public record Settled(
      TableDef table,
      List<String> notLoaded,
      List<SchemaVersion> versions,
      List<Problem> warnings) {

    public Settled {
      notLoaded = List.copyOf(notLoaded);
      versions = List.copyOf(versions);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * What will come of it.
   *
   * @param settled as it would be if nothing stopped the run
   * @param errors one for each difference that stops it
   * @param warnings those of what is settled, but for what the versions say
   */
  public record Forecast(Settled settled, List<Problem> errors, List<Problem> warnings) {

    public Forecast {
      errors = List.copyOf(errors);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Decides, by {@code drift} of the table.
   *
   * @throws AfpException with one problem for each difference that stops the run
   */
  public Settled settle(SourceColumns found) {
    Forecast forecast = forecast(found);
    if (!forecast.errors().isEmpty()) {
      throw AfpException.of(forecast.errors());
    }
    return forecast.settled();
  }

  /** What {@link #settle} would decide. */
  public Forecast forecast(SourceColumns found) {
    if (found.naming() == Naming.BY_PLACE) {
      List<Problem> warnings = new PlacesCheck(declared).warnings(found);
      return new Forecast(settled(found, table, warnings), List.of(), warnings);
    }
    Timeline timeline = new Timeline(known);
    Admission admission = new Admission(declared, table, timeline);
    admission.judge(found.parts().toList());
    List<Problem> errors = new ArrayList<>(admission.errors());
    errors.addAll(new OrderCheck(declared, timeline).errors(found));
    Settled settled = settled(found, admission.admitted(), admission.warnings());
    return new Forecast(settled, errors, admission.warnings());
  }

  private Settled settled(SourceColumns found, TableDef result, List<Problem> warnings) {
    List<SchemaVersion> versions = new Changes(declared, result, known).in(found);
    List<Problem> all = new ArrayList<>(warnings);
    versions.stream().filter(version -> !version.isFirst()).map(this::changed).forEach(all::add);
    return new Settled(result, notLoaded(found, result), versions, all);
  }

  private Problem changed(SchemaVersion version) {
    String texts = version.changes().stream().map(Change::text).collect(Collectors.joining("; "));
    return Problem.warning(
        ErrorCode.SOURCE_CHANGED,
        "The source of %s has changed: %s (interval=%s)"
            .formatted(declared.name(), texts, version.unit()),
        Location.file(declared.file()),
        "Nothing, if it is as it should be: afp status %s shows the changes."
            .formatted(declared.name()));
  }

  private static List<String> notLoaded(SourceColumns found, TableDef result) {
    List<String> loaded = result.fields();
    return ColumnUse.in(found.parts().toList()).stream()
        .map(ColumnUse::name)
        .filter(name -> !loaded.contains(name))
        .toList();
  }
}
