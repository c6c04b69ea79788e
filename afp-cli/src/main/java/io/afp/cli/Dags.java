package io.afp.cli;

import io.afp.core.definition.AirflowDef;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.Category;
import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Settings;
import io.afp.core.text.Resource;
import io.afp.core.yaml.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files that Airflow reads: one a pipeline, one over all if there are several, and what they
 * are made of. The same definitions give the same bytes.
 */
record Dags(Project project, Settings settings, DagTasks.By by) {

  private static final String MODULE = "afp_airflow.py";

  List<DagFile> files(List<PipelineDef> pipelines, Path folder) {
    Set<TableName> known = project.tables().keySet();
    Map<PipelineDef, Set<TableName>> reads = new LinkedHashMap<>();
    pipelines.forEach(pipeline -> reads.put(pipeline, reads(pipeline, known)));
    List<DagFile> files = new ArrayList<>();
    files.add(DagFile.of(folder.resolve(MODULE), module()));
    reads.forEach((pipeline, tables) -> files.add(file(pipeline, tables, folder)));
    if (pipelines.size() > 1) {
      files.add(DagFile.of(folder.resolve("all-pipelines_dag.py"), new MasterDag(reads).text()));
    }
    return files;
  }

  private DagFile file(PipelineDef pipeline, Set<TableName> reads, Path folder) {
    Dag dag = new Dag(project, settings, pipeline, airflow(pipeline), by, List.copyOf(reads));
    return DagFile.of(folder.resolve(pipeline.name() + "_dag.py"), dag.text());
  }

  private AirflowDef airflow(PipelineDef pipeline) {
    return pipeline.airflow().over(settings.airflow());
  }

  /** The tables of other pipelines that this one reads. */
  private Set<TableName> reads(PipelineDef pipeline, Set<TableName> known) {
    Set<TableName> others = new TreeSet<>(known);
    pipeline.tables().forEach(table -> others.remove(table.name()));
    Set<TableName> reads =
        pipeline.tables().stream()
            .flatMap(table -> table.query().stream())
            .flatMap(query -> query.named(others).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    pipeline.airflow().reads().forEach(table -> requireKnown(pipeline, table, others));
    reads.addAll(pipeline.airflow().reads());
    return reads;
  }

  private void requireKnown(PipelineDef pipeline, TableName table, Set<TableName> others) {
    if (!others.contains(table)) {
      List<String> names = others.stream().map(TableName::toString).toList();
      throw AfpException.at(
          project.placeOf(pipeline, "airflow.reads"),
          ErrorCode.UNKNOWN_TABLE,
          "Cannot wait for table %s: no other pipeline of the project defines it".formatted(table),
          Nearest.fix(table.toString(), names, "Name a table of another pipeline."));
    }
  }

  /** With the exit codes and errors after which no repetition helps, as this AFP has them. */
  private static String module() {
    String exitCodes =
        Arrays.stream(Category.values())
            .filter(category -> !category.retryable())
            .map(category -> Integer.toString(category.exitCode()))
            .sorted()
            .collect(Collectors.joining(", "));
    String errors =
        Arrays.stream(ErrorCode.values())
            .filter(code -> !code.category().retryable())
            .map(code -> "    \"%s\",".formatted(code.code()))
            .collect(Collectors.joining("\n"));
    return Resource.text(Dags.class, "airflow/" + MODULE)
        .replace("@exit-codes@", exitCodes)
        .replace("@error-codes@", errors);
  }
}
