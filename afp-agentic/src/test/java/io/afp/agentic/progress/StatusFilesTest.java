package io.afp.agentic.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.testing.CorpusProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFilesTest {

  private static final String CURRENT = "agent-prompts/progress/current_module_status.md";
  private static final String PROJECT = "agent-prompts/progress/project_status.md";
  private static final String NEXT = "agent-prompts/progress/next_module_guide.md";

  @TempDir Path folder;

  @Test
  void theCurrentModuleIsComputedFromEvidence() {
    CorpusProject project = CorpusProject.started(folder);
    assertThat(text(project, CURRENT))
        .isEqualTo(
            """
            # Current Module Status

            ## Module: orders

            ## Status: PLANNED

            ## Completion: 0%

            ## Next Steps:

            - [ ] Start `orders/land_orders`

            ## Blockers: None

            ## Notes: None
            """);

    project.start();
    assertThat(text(project, CURRENT))
        .contains("## Status: IN_PROGRESS", "- [ ] Verify `orders/land_orders`: SC-1");
    project.work();
    project.verify(new Findings());
    assertThat(text(project, CURRENT))
        .contains("## Status: VERIFIED", "## Completion: 100%", "- [ ] Close `orders/land_orders`");
  }

  @Test
  void aModuleWithoutATaskSaysSo() {
    ProcessModel model = CorpusProject.started(folder).model();

    assertThat(StatusFiles.of(model, "reports").get(CURRENT)).contains("\n\nNo task yet.\n");
  }

  @Test
  void whatPeopleWroteStays() {
    CorpusProject project = CorpusProject.started(folder);
    project.write(
        CURRENT, "# S\n\n## Module: orders\n\n## Blockers: the shop\n\n## Notes\n\nCall them.\n");
    project.write(PROJECT, "# S\n\n## Learnings\n\n- Files come late on Mondays.\n");

    assertThat(text(project, CURRENT))
        .endsWith("## Blockers: the shop\n\n## Notes:\n\nCall them.\n");
    assertThat(text(project, PROJECT))
        .endsWith("## Learnings\n\n- Files come late on Mondays.\n")
        .contains("| orders | ingestion | planned | 0% | 1 |");
  }

  @Test
  void notesOfOneModuleAreNotThoseOfTheNext() {
    CorpusProject project = CorpusProject.started(folder);
    project.write(CURRENT, "# S\n\n## Module: reports\n\n## Blockers: the printer\n");

    assertThat(text(project, CURRENT))
        .contains("## Blockers: None")
        .endsWith("\n\n## Blockers of reports: the printer\n");

    project.write(CURRENT, text(project, CURRENT).replace("Notes: None", "Notes: call the shop"));
    assertThat(StatusFiles.of(project.model(), "reports").get(CURRENT))
        .contains("## Blockers: the printer\n\n## Notes: None\n")
        .endsWith("## Notes of orders: call the shop\n");
  }

  @Test
  void theNextModuleIsOneWhoseNeedsAreClosed() {
    CorpusProject project = CorpusProject.verified(folder);
    assertThat(text(project, NEXT)).contains("The next module is `orders`");

    project.close(new Findings());
    close(project);

    assertThat(text(project, NEXT)).contains("The next module is `reports`");
    assertThat(project.lint()).isEmpty();
  }

  @Test
  void aModuleWithAnOpenTaskIsNotClosed() {
    ProcessModel model = CorpusProject.verified(folder).model();

    assertThat(ModuleClosure.check(model, model.module("orders")))
        .extracting(Finding::code)
        .containsExactly(Code.MOD009);
    assertThat(ModuleClosure.check(model, model.module("reports")))
        .extracting(Finding::code)
        .containsExactly(Code.MOD009);
  }

  private static void close(CorpusProject project) {
    ProcessModel model = project.model();
    assertThat(ModuleClosure.check(model, model.module("orders"))).isEmpty();
    ModuleClosure.files(model, model.module("orders"), CorpusProject.CLOCK).forEach(project::write);
  }

  private static String text(CorpusProject project, String path) {
    return StatusFiles.of(project.model(), "orders").get(path);
  }
}
