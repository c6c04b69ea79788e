package io.afp.cli;

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

/** A person takes an approval back. */
@Command(
    name = "reopen",
    mixinStandardHelpOptions = true,
    description = {
      "Takes the approval of a phase back.",
      "Asks a person at the terminal for a name; a build names one by AFP_APPROVED_BY."
    })
final class PhaseReopen implements Callable<Integer> {

  @Mixin PhaseOption phase;

  @Mixin NoteOption note;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    PhaseGate gate = new PhaseGate(ProcessModel.read(options.processRoot()));
    Phase opened = phase.of(gate);
    Person person = Persons.require("open phase %s again".formatted(opened.id()));
    PhaseState state = gate.reopen(opened, person, note.text, Clock.systemUTC());
    return PhaseJson.end(options.output("phase reopen"), state, List.of());
  }
}
