package io.afp.agentic.process;

import static io.afp.agentic.testing.CorpusProject.codes;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.agentic.documents.Markdown;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.lint.Lint;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tasks.Part;
import io.afp.agentic.tasks.TaskFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document that describes the process shows is read as it is. */
class ProcessDocumentTest {

  @TempDir Path root;

  @Test
  void theContextOfTheDocumentIsValid() throws IOException {
    put("system_context.yaml", "context/system_context.yaml");

    ProcessModel model = ProcessModel.read(root);

    assertThat(model.problems().all()).isEmpty();
    assertThat(model.context().project()).isEqualTo("Data Platform");
    assertThat(model.context().stack().get("processing").version()).isEqualTo("3.5.0");
  }

  @Test
  void theSixSectionsOfATaskAreRead() throws IOException {
    put("task_six_sections.md", "tasks/ingestion/s3_ingestion.md");

    TaskFile task = ProcessModel.read(root).task("ingestion/s3_ingestion");

    assertThat(task.parts()).containsOnlyKeys(Part.values());
    assertThat(task.isOlder()).isFalse();
    assertThat(task.criteria())
        .extracting(c -> c.id() + " " + c.text())
        .containsExactly("SC-1 Requirement 1", "SC-2 Requirement 2");
    assertThat(task.contextFiles())
        .extracting(TaskFile.ContextReference::path)
        .startsWith("context/data_context.md", "standards/development_patterns.md");
  }

  @Test
  void theOlderFormOfATaskIsRead() throws IOException {
    put("task_older.md", "tasks/ingestion/s3_ingestion.md");

    ProcessModel model = ProcessModel.read(root);
    TaskFile task = model.task("ingestion/s3_ingestion");

    assertThat(task.isOlder()).isTrue();
    assertThat(task.criteria()).hasSize(2);
    assertThat(task.contextFiles()).hasSize(3);
    assertThat(codes(model.check(task).all())).contains(Code.TSK017);
  }

  @Test
  void theOtherDocumentsHaveTheSectionsThatTheLifecycleWants() throws IOException {
    put("data_context.md", "context/data_context.md");
    put("development_patterns.md", "standards/development_patterns.md");

    ProcessModel model = ProcessModel.read(root);

    List<Finding> findings = Lint.check(model);
    assertThat(codes(findings)).doesNotContain(Code.DOC002, Code.DOC003);
    Markdown patterns = model.tree().document("standards/development_patterns.md").orElseThrow();
    assertThat(patterns.section("Validation").orElseThrow().items()).hasSize(3);
  }

  private void put(String sample, String place) throws IOException {
    try (InputStream file = getClass().getResourceAsStream(sample)) {
      Path path = root.resolve("agent-prompts").resolve(place);
      Files.createDirectories(path.getParent());
      Files.writeString(path, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
