package io.afp.agentic.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.testing.CorpusProject;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskTicksTest {

  private static final String FILE = "agent-prompts/tasks/orders/land_orders.md";

  @TempDir Path folder;

  @Test
  void onlyBoxAndStatusChangeWhateverEndsTheLines() {
    CorpusProject project = CorpusProject.started(folder);
    String before = "\uFEFF" + project.text(FILE).replace("\n", "\r\n") + "no end";
    project.write(FILE, before);

    ProcessModel model = project.model();
    TaskTicks.write(model.tree(), project.task(), Set.of("SC-1"), TaskStatus.VERIFIED);

    assertThat(project.text(FILE))
        .isEqualTo(
            before
                .replace("- [ ] SC-1", "- [x] SC-1")
                .replace("status: ready", "status: verified"));
  }

  @Test
  void aTaskWithoutFrontMatterGetsItsBoxesTicked() {
    CorpusProject project = CorpusProject.started(folder);
    String text = project.text(FILE);
    project.write(FILE, text.substring(text.indexOf("# TASK")));

    ProcessModel model = project.model();
    TaskTicks.write(model.tree(), project.task(), Set.of("SC-1"), TaskStatus.VERIFIED);

    assertThat(project.text(FILE)).startsWith("# TASK").contains("- [x] SC-1");
  }
}
