package io.afp.agentic.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.agentic.tasks.TaskType;
import io.afp.agentic.testing.CorpusProject;
import io.afp.core.error.AfpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PromptBuilderTest {

  private static final String TASK = "agent-prompts/tasks/orders/land_orders.md";
  private static final Path SCAFFOLD =
      Path.of("src/main/resources/io/afp/agentic/scaffold/common/agent-prompts");
  private static final Path STRATEGY = SCAFFOLD.resolve("meta/revised_prompt_strategy.md.template");

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

  /** All of it: what is asked, in which order, and the files with the standard of the aspect. */
  @Test
  void aRefinementIsTheTaskWithTheWordsAndTheStandardOfItsAspect() {
    String standard = "agent-prompts/standards/error_handling.md";
    project.write(standard, "# Error handling\n\nNo row is lost.\n");
    String golden =
        """
        TASK: Land the orders of an hour, as defined in agent-prompts/tasks/orders/land_orders.md.
        Enhance the deliverables with the error handling that the standard asks for.
        Change the deliverables and nothing else; `afp task verify orders/land_orders` judges the work, and it alone ticks boxes.

        DELIVERABLES:
        - orders/src/main/java/LandOrders.java

        SUCCESS CRITERIA:
        - SC-1 Rows that break the contract are kept (judged by `./check.sh`)

        CONTEXT FILES: Read these first, and follow them.
        - agent-prompts/tasks/orders/land_orders.md (sha256 …)
        - agent-prompts/context/system_context.yaml (sha256 …)
        - agent-prompts/standards/development_patterns.md (sha256 …)
        - agent-prompts/standards/error_handling.md (sha256 …)
        - agent-prompts/context/data_context.md (sha256 …)
        """;

    Prompt prompt = refined(Refinement.ERROR_HANDLING);

    String[] parts = prompt.text().split("(?=\nFILE )");
    assertThat(parts[0].replaceAll("sha256 [0-9a-f]{12}", "sha256 …")).startsWith(golden);
    assertThat(Stream.of(parts).skip(1))
        .containsExactlyElementsOf(
            prompt.files().stream().map(Prompt.ContextFile::path).map(this::asIncluded).toList());
    assertThat(prompt.files().get(3).path()).isEqualTo(standard);
  }

  private String asIncluded(String path) {
    return "\nFILE %s\n~~~\n%s\n~~~\n".formatted(path, project.text(path).strip());
  }

  @ParameterizedTest
  @EnumSource
  void everyRefinementHasWordsOfItsOwnAndAStandardOfTheScaffold(Refinement refinement) {
    assertThat(refined(refinement).text().lines()).element(1).isEqualTo(refinement.words());
    assertThat(SCAFFOLD.resolve(refinement.standard() + ".template")).isRegularFile();
  }

  private Prompt refined(Refinement refinement) {
    return new PromptBuilder(project.model().tree(), PromptBuilder.DEFAULT_BYTES)
        .build(project.task(), Optional.of(refinement));
  }

  private Prompt build(int room) {
    return new PromptBuilder(project.model().tree(), room).build(project.task(), Optional.empty());
  }
}
