package io.afp.agentic.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.agentic.tasks.TaskType;
import io.afp.agentic.testing.CorpusProject;
import io.afp.core.error.AfpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PromptBuilderTest {

  private static final String TASK = "agent-prompts/tasks/orders/land_orders.md";
  private static final Path STRATEGY =
      Path.of(
          "src/main/resources/io/afp/agentic/scaffold/common/agent-prompts/meta",
          "revised_prompt_strategy.md.template");

  @TempDir Path folder;
  private CorpusProject project;

  @BeforeEach
  void aProject() {
    project = CorpusProject.started(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "implementation, TASK DELIVERABLES SUCCESS CONTEXT TECHNICAL CONSTRAINTS",
    "bugfix, TASK CONTEXT TECHNICAL SUCCESS DELIVERABLES CONSTRAINTS",
    "review, TASK CONTEXT SUCCESS DELIVERABLES TECHNICAL CONSTRAINTS"
  })
  void theOrderIsThatOfTheKindOfWork(String type, String order) {
    project.replace(TASK, "type: implementation", "type: " + type);

    String heads =
        build(PromptBuilder.DEFAULT_BYTES)
            .text()
            .lines()
            .filter(
                line -> line.matches("(TASK|DELIVERABLES|SUCCESS|CONTEXT|TECHNICAL|CONSTRAINTS).*"))
            .map(line -> line.replaceFirst("[ :].*", ""))
            .collect(Collectors.joining(" "));

    assertThat(heads).isEqualTo(order);
  }

  /** The words of the document are those of the code. */
  @ParameterizedTest
  @EnumSource
  void theDocumentHasTheOrderOfEveryKindOfWork(TaskType type) throws IOException {
    String row =
        Files.readAllLines(STRATEGY).stream()
            .filter(line -> line.startsWith("| ") && line.split("\\|")[1].contains(type.toString()))
            .findFirst()
            .orElseThrow();
    String parts =
        PromptOrder.of(type).parts().stream()
            .map(part -> part.title().replace(" & STANDARDS", "").toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));

    assertThat(row).contains("| " + parts + " |");
  }

  @Test
  void filesAreThereWithTheirChecksumsAsFarAsThereIsRoom() {
    Prompt all = build(PromptBuilder.DEFAULT_BYTES);
    assertThat(all.files()).allMatch(Prompt.ContextFile::included);
    assertThat(all.files())
        .extracting(Prompt.ContextFile::path)
        .startsWith(TASK, "agent-prompts/context/system_context.yaml")
        .contains("agent-prompts/standards/development_patterns.md");
    assertThat(all.text()).contains("FILE agent-prompts/standards/development_patterns.md\n~~~\n");

    int less = all.text().length() - 10;
    Prompt some = build(less);
    assertThat(some.text().length()).isLessThanOrEqualTo(less);
    assertThat(some.files()).anyMatch(file -> !file.included());
    assertThat(build(less)).as("again").isEqualTo(some);

    assertThatThrownBy(() -> build(100))
        .isInstanceOf(AfpException.class)
        .hasMessageContaining("the task alone needs");
  }

  @Test
  void secretsAreLeftOut() {
    project.write("agent-prompts/examples/job.md", "# A job\n\npassword: hunter2hunter2\n");
    project.replace(TASK, "## TECHNICAL", "- Template: examples/job.md\n\n## TECHNICAL");

    assertThat(build(PromptBuilder.DEFAULT_BYTES).text())
        .contains("FILE agent-prompts/examples/job.md")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @EnumSource
  void aRefinementAsksForItsStandard(Refinement refinement) {
    Prompt prompt =
        new PromptBuilder(project.model().tree(), PromptBuilder.DEFAULT_BYTES)
            .build(project.task(), Optional.of(refinement));

    assertThat(prompt.text()).contains(refinement.words());
    assertThat(Arrays.asList(Refinement.values())).hasSize(3);
  }

  private Prompt build(int room) {
    return new PromptBuilder(project.model().tree(), room).build(project.task(), Optional.empty());
  }
}
