package io.afp.cli;

import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A DAG that runs those of several pipelines, each after those whose tables it reads.
 *
 * @param pipelines in the order in which they were named
 */
record MasterDag(List<Member> pipelines) {

  /**
   * A pipeline of it.
   *
   * @param after the pipelines whose tables it reads
   */
  record Member(PipelineDef pipeline, List<String> after) {}

  static MasterDag of(Map<PipelineDef, Set<TableName>> reads) {
    List<Member> members = new ArrayList<>();
    reads.forEach(
        (pipeline, tables) -> {
          List<String> after =
              reads.keySet().stream()
                  .filter(other -> !other.equals(pipeline) && writes(other, tables))
                  .map(PipelineDef::name)
                  .toList();
          members.add(new Member(pipeline, after));
        });
    return new MasterDag(members);
  }

  private static boolean writes(PipelineDef pipeline, Set<TableName> tables) {
    return pipeline.tables().stream().map(TableDef::name).anyMatch(tables::contains);
  }

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
    pipelines.forEach(member -> text.append(trigger(member)).append('\n'));
    for (Member member : pipelines) {
      for (String before : member.after()) {
        text.append("    run_%s >> run_%s\n".formatted(before, member.pipeline().name()));
      }
    }
    return text.toString();
  }

  private static String trigger(Member member) {
    String name = member.pipeline().name();
    PythonCall call =
        new PythonCall("    run_%s = TriggerDagRunOperator".formatted(name))
            .add("task_id", Python.text(name))
            .add("trigger_dag_id", Python.text(name));
    if (member.pipeline().interval().isPresent()) {
      call = call.add("conf", "{\"interval\": \"{{ params.interval or '' }}\"}");
    }
    return call.add("wait_for_completion", "True").add("poke_interval", "10").at(4);
  }
}
