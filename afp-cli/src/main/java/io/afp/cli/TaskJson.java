package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.tasks.Criterion;
import io.afp.agentic.tasks.TaskFile;

/** Tasks in JSON. */
final class TaskJson {

  private TaskJson() {}

  /** The line of a list. */
  static ObjectNode row(TaskState state, ObjectNode node) {
    TaskFile task = state.task();
    return node.put("task", task.id())
        .put("path", task.path())
        .put("title", task.title().orElse(null))
        .put("type", task.header().type().toString())
        .put("size", task.header().size().toString())
        .put("status", state.status().toString())
        .put("criteria", state.proofs().size())
        .put("proven", state.proven());
  }

  /** All of a task. */
  static ObjectNode of(TaskState state) {
    TaskFile task = state.task();
    ObjectNode node = row(state, Output.JSON.createObjectNode());
    task.header().requirements().forEach(node.putArray("requirements")::add);
    ArrayNode deliverables = node.putArray("deliverables");
    for (TaskFile.Deliverable each : task.deliverables()) {
      deliverables.addObject().put("path", each.path()).put("state", stateOf(state, each.path()));
    }
    ArrayNode criteria = node.putArray("judged");
    for (Criterion each : task.criteria()) {
      criteria
          .addObject()
          .put("id", each.id())
          .put("text", each.text())
          .put("verify", each.verify().orElse(null))
          .put("manual", each.manual().orElse(null))
          .put("proof", state.proofs().get(each.id()).toString())
          .put("said", state.said(each.id()).orElse(null));
    }
    task.contextFiles().forEach(file -> node.withArray("context_files").add(file.path()));
    return node;
  }

  static String stateOf(TaskState state, String path) {
    if (state.absent().contains(path)) {
      return "absent";
    }
    return state.unchanged().contains(path) ? "unchanged" : "there";
  }
}
