package io.afp.agentic.gate;

import static io.afp.agentic.testing.CorpusProject.codes;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.lifecycle.Lifecycle;
import io.afp.agentic.lifecycle.PhaseState;
import io.afp.agentic.lifecycle.PhaseState.Status;
import io.afp.agentic.testing.CorpusProject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhaseGateTest {

  private static final String DESIGN = "agent-prompts/design/data_flows.md";
  private static final String REQUIREMENTS = "agent-prompts/requirements/data_discovery.md";

  @TempDir Path folder;
  private CorpusProject project;

  @BeforeEach
  void aProject() {
    project = CorpusProject.verified(folder);
  }

  @Test
  void theProcessHasEightPhases() {
    assertThat(Lifecycle.standard().phases())
        .extracting(p -> p.id())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7");
  }

  @Test
  void aPhaseIsApprovedUntilOneOfItsFilesChanges() {
    assertThat(state("0").status()).isEqualTo(Status.COMPLETE);
    approve("0", "1", "2");
    assertThat(state("2").status()).isEqualTo(Status.APPROVED);
    assertThat(state("2").approval().orElseThrow().by().name()).isEqualTo("Ada");

    project.write(DESIGN, project.text(DESIGN) + "\nAnd back.\n");

    assertThat(state("2").status()).isEqualTo(Status.STALE);
    assertThat(state("2").changed()).containsExactly(DESIGN);
    assertThat(state("1").status()).isEqualTo(Status.APPROVED);

    approve("2");
    assertThat(state("2").status()).isEqualTo(Status.APPROVED);
    assertThat(project.lint()).isEmpty();
  }

  @Test
  void whatAPhaseRestsOnOpensItToo() {
    approve("0", "1", "2");

    project.write(REQUIREMENTS, project.text(REQUIREMENTS) + "\nAnd 2 more.\n");

    assertThat(state("1").status()).isEqualTo(Status.STALE);
    assertThat(state("2").status()).isEqualTo(Status.STALE);
    assertThat(codes(project.lint())).as("told once").containsExactly(Code.PHA002);
  }

  @Test
  void aFileThatIsMissingOrWrongKeepsAPhaseOpen() {
    approve("0", "1");
    project.delete(DESIGN);
    assertThat(codes(check("2"))).containsExactly(Code.DOC001);

    project.write(DESIGN, "# Flows\n\nTODO\n");
    assertThat(codes(check("2"))).containsExactly(Code.DOC004);
    assertThat(state("2").status()).isEqualTo(Status.OPEN);
  }

  @Test
  void aPhaseRestsOnApprovedPhasesOnly() {
    assertThat(codes(check("1"))).containsExactly(Code.PHA001);

    approve("0");

    assertThat(check("1")).isEmpty();
  }

  @Test
  void editedApprovalsCountNothing() {
    approve("0");
    project.replace(".afp/approvals.jsonl", "Ada", "Eve");

    assertThat(codes(project.lint())).containsExactly(Code.PHA003);
    assertThat(state("0").status()).isEqualTo(Status.COMPLETE);
  }

  private void approve(String... phases) {
    for (String phase : phases) {
      project.approve(phase);
    }
  }

  private PhaseState state(String phase) {
    PhaseGate gate = new PhaseGate(project.model());
    return gate.state(gate.phase(phase));
  }

  private List<Finding> check(String phase) {
    PhaseGate gate = new PhaseGate(project.model());
    return gate.check(gate.phase(phase));
  }
}
