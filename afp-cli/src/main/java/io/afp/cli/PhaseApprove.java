package io.afp.cli;

import io.afp.agentic.finding.Finding;
import io.afp.agentic.gate.PhaseGate;
import io.afp.agentic.journal.Person;
import io.afp.agentic.lifecycle.Phase;
import io.afp.agentic.lifecycle.PhaseState;
import io.afp.agentic.model.ProcessModel;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A person agrees to a phase. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = {
      "Approves a phase against which nothing stands, as its files are now.",
      "Asks a person at the terminal for a name; a build names one by AFP_APPROVED_BY."
    })
final class PhaseApprove implements Callable<Integer> {

  @Mixin PhaseOption phase;

  @Mixin NoteOption note;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    PhaseGate gate = new PhaseGate(ProcessModel.read(options.processRoot()));
    Phase approved = phase.of(gate);
    List<Finding> findings = gate.check(approved);
    boolean refused = findings.stream().anyMatch(Finding::isError);
    PhaseState state = refused ? gate.state(approved) : approve(gate, approved);
    return PhaseJson.end(options.output("phase approve"), state, findings);
  }

  private PhaseState approve(PhaseGate gate, Phase approved) {
    Person person = Persons.require("approve phase %s".formatted(approved.id()));
    return gate.approve(approved, person, note.text, Clock.systemUTC());
  }
}
