package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.lifecycle.Approval;
import io.afp.agentic.lifecycle.Lifecycle;
import io.afp.agentic.lifecycle.PhaseState;
import java.util.List;

/** Phases in JSON and as people read them. */
final class PhaseJson {

  private PhaseJson() {}

  /** Ends a command about a phase. */
  static int end(Output output, PhaseState state, List<Finding> findings) {
    return output.findings(text(state), of(state, Output.JSON.createObjectNode()), findings);
  }

  static ObjectNode of(PhaseState state, ObjectNode node) {
    node.put("phase", state.phase().id())
        .put("name", state.phase().name())
        .put("status", state.status().toString());
    state.phase().requires().forEach(node.putArray("requires")::add);
    state.phase().artifacts().forEach(a -> node.withArray("artifacts").add(Lifecycle.place(a)));
    state.changed().forEach(node.putArray("changed")::add);
    state
        .approval()
        .ifPresent(
            a ->
                node.putObject("approval")
                    .put("by", a.by().name())
                    .put("means", a.by().means())
                    .put("at", a.at())
                    .put("note", a.note()));
    return node;
  }

  static String text(PhaseState state) {
    StringBuilder text =
        new StringBuilder(
            "phase %s: %s\n%s".formatted(state.phase().id(), state.phase().name(), state.status()));
    state.approval().ifPresent(a -> text.append(approved(a)));
    state.changed().forEach(file -> text.append("\n  changed since  ").append(file));
    state
        .phase()
        .artifacts()
        .forEach(a -> text.append("\n  leaves         ").append(Lifecycle.place(a)));
    return text.toString();
  }

  private static String approved(Approval approval) {
    String note = approval.note().isEmpty() ? "" : ": " + approval.note();
    return ", approved by %s (%s) at %s%s"
        .formatted(approval.by().name(), approval.by().means(), approval.at(), note);
  }
}
