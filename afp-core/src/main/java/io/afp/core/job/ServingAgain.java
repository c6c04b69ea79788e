package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.RunRecord;
import io.afp.core.ledger.Servings;
import io.afp.core.ledger.Servings.Old;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings what is served to the tables as they are after a rollback.
 *
 * <p>What is left to serve is asked of the ledger, not of the rollback that made it so: the same
 * rollback finds it again after a kill or a failure. One table that can't be served does not keep
 * the others from it.
 */
final class ServingAgain {

  private final LakeTask.Tools tools;
  private final List<Problem> problems;
  private final Servings servings;
  private final Set<String> served = new TreeSet<>();
  private final Set<String> notServed = new TreeSet<>();
  private final List<Problem> details = new ArrayList<>();
  private boolean broken;

  /**
   * For one rollback.
   *
   * @param problems gets what can't be served
   */
  ServingAgain(LakeTask.Tools tools, List<Problem> problems) {
    this.tools = tools;
    this.problems = problems;
    this.servings = new Servings(tools.database());
  }

  /** What would be served after a rollback that changes and restores these tables. */
  List<String> wouldServe(Set<TableName> changed, Set<TableName> restored) {
    return definitions().stream()
        .flatMap(pipeline -> pipeline.tables().stream())
        .filter(table -> table.serve().isPresent())
        .filter(
            table ->
                changed.contains(table.name())
                    ? restored.contains(table.name())
                    : servings.isPending(table))
        .map(ServingAgain::target)
        .sorted()
        .toList();
  }

  /** Serves what waits for it, as {@code served} and {@code not_served} of the data say. */
  void serve(Leases leases, ObjectNode data) {
    List<PipelineDef> pipelines =
        definitions().stream().filter(pipeline -> leases.has(pipeline.name())).toList();
    pipelines.forEach(pipeline -> serve(pipeline, leases));
    sayWhatIsOld(pipelines.stream().map(PipelineDef::name).toList());
    sayWhatItComesTo();
    problems.addAll(details);
    served.forEach(data.putArray("served")::add);
    notServed.forEach(data.putArray("not_served")::add);
  }

  private List<PipelineDef> definitions() {
    List<PipelineDef> found = new ArrayList<>();
    for (Path folder : tools.project().pipelines()) {
      try {
        found.add(PipelineReader.read(tools.project(), folder));
      } catch (AfpException e) {
        broken = true;
        problems.add(
            Problem.warning(
                e.code(),
                "Cannot serve the tables of a pipeline: its definition is broken (folder=%s)"
                    .formatted(folder),
                Location.file(folder.toString()),
                "Correct it: `afp validate` says what is wrong."));
      }
    }
    return found;
  }

  private void serve(PipelineDef pipeline, Leases leases) {
    Serving serving = new Serving(scope(pipeline, leases), Plugins.load().server());
    for (TableDef table : serving.pending()) {
      try {
        serving.serve(List.of(table));
        served.add(target(table));
      } catch (AfpException e) {
        if (Shutdown.hasBegun()) {
          throw e;
        }
        notServed.add(target(table));
        details.addAll(e.problems());
      }
    }
  }

  private RunScope scope(PipelineDef pipeline, Leases leases) {
    RunRecord nobody = RunRecord.begun(leases.holder(), pipeline.name(), "rollback");
    return new RunScope(
        tools.settings(),
        pipeline,
        tools.database(),
        nobody,
        leases.of(pipeline.name()),
        tools.spark(),
        new Narrator(Audience.none(), tools.database(), nobody, pipeline));
  }

  /** A pipeline that could not be read may be any of those whose tables were not served. */
  private void sayWhatIsOld(Collection<String> read) {
    for (Old old : servings.olderThanRollback()) {
      if (old.gone()) {
        details.add(gone(old));
      } else if (!read.contains(old.pipeline()) && broken) {
        notServed.add(old.target());
      } else if (!read.contains(old.pipeline())) {
        details.add(elsewhere(old));
      }
    }
  }

  private static Problem gone(Old old) {
    return servedIsOld(
        "Cannot take back %s: its table did not exist in release %d"
            .formatted(old.target(), old.backTo()),
        "It shows what was served last. Drop it, or run the pipeline again.");
  }

  private static Problem elsewhere(Old old) {
    return servedIsOld(
        "Cannot serve %s again: its pipeline is not in this project (pipeline=%s)"
            .formatted(old.target(), old.pipeline()),
        "The next run of that pipeline serves it; until then readers see the newer rows.");
  }

  private static Problem servedIsOld(String message, String fix) {
    return Problem.warning(ErrorCode.SERVED_IS_OLD, message, Location.nowhere(), fix);
  }

  /** Before the details, because the exit code is that of the first error. */
  private void sayWhatItComesTo() {
    if (!notServed.isEmpty()) {
      problems.add(
          Problem.error(
              ErrorCode.SERVED_IS_OLD,
              "Cannot finish the rollback: the lake is rolled back, but readers of some served tables still see the newer rows (served=%s)"
                  .formatted(String.join(", ", notServed)),
              Location.nowhere(),
              "Mend what the other messages say, then run the same rollback again: it serves what is left."));
    }
  }

  private static String target(TableDef table) {
    return table.serve().orElseThrow().target().toString();
  }
}
