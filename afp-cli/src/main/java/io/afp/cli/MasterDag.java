package io.afp.cli;

import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A DAG that runs those of several pipelines, each after those whose tables it reads.
 *
 * @param reads the pipelines in the order in which they were named, and the tables of others that
 *     each reads
 */
record MasterDag(Map<PipelineDef, Set<TableName>> reads) {

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(Python.header("All pipelines, each after those whose tables it reads"));
    text.append(Python.imports("TriggerDagRunOperator, afp_dag"));
    text.append(
        new PythonCall("with afp_dag")
            .add("\"all-pipelines\"")
            .add("description", Python.text("All pipelines"))
            .add("schedule", "None")
            .add("start_date", Python.text(Dag.START_DATE))
            .add("catchup", "False")
            .add("tags", Python.texts(List.of("afp")))
            .at(0));
    text.append(":\n");
    reads.keySet().forEach(pipeline -> text.append(trigger(pipeline)).append('\n'));
    reads.forEach((pipeline, tables) -> text.append(after(pipeline, tables)));
    return text.toString();
  }

  private static String trigger(PipelineDef pipeline) {
    String name = pipeline.name();
    return new PythonCall("run_%s = TriggerDagRunOperator".formatted(name))
        .add("task_id", Python.text(name))
        .add("trigger_dag_id", Python.text(name))
        .addIf(
            pipeline.interval().isPresent(),
            "conf",
            "{\"interval\": \"{{ params.interval or '' }}\"}")
        .add("wait_for_completion", "True")
        .add("poke_interval", "10")
        .at(4);
  }

  /** A pipeline runs after those that write tables that it reads. */
  private String after(PipelineDef pipeline, Set<TableName> tables) {
    StringBuilder text = new StringBuilder();
    reads.keySet().stream()
        .filter(other -> other.tables().stream().map(TableDef::name).anyMatch(tables::contains))
        .forEach(
            other ->
                text.append("    run_%s >> run_%s\n".formatted(other.name(), pipeline.name())));
    return text.toString();
  }
}
