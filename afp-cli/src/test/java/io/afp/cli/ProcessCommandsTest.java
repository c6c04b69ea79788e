package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tasks, modules and lint, as they are typed: without Postgres, and nothing is asked of a model.
 */
class ProcessCommandsTest {

  private static final String TASK = "agent-prompts/tasks/orders/land_orders.md";
  private static final String SMALL =
      """
      ---
      type: bugfix
      size: small
      status: draft
      ---
      # TASK: Land the orders

      ## DELIVERABLES

      - `orders/Land.java`

      ## SUCCESS CRITERIA

      - [ ] SC-1 It lands them
        - verify: `./check.sh`
      """;

  @TempDir Path folder;

  @BeforeEach
  void aProject() {
    write("afp.yaml", "");
    write("check.sh", "#!/bin/sh\necho looking; grep -q land orders/Land.java\n");
    folder.resolve("check.sh").toFile().setExecutable(true);
    write(
        "agent-prompts/context/system_context.yaml",
        "project: Shop\nverify: { allow: [./check.sh] }\n");
    write(
        "agent-prompts/design/module_structure.yaml",
        "modules:\n  orders: { layer: ingestion, purpose: Lands the orders }\n");
    write("agent-prompts/meta/framework_changelog.md", "# Changes\n\n## orders\n\nA check.\n");
  }

  @Test
  void aTaskGoesFromItsFirstWordToAClosedModule() {
    JsonNode made = afp("task new orders/land_orders --size small --type bugfix").data();
    assertThat(made.path("path").asText()).isEqualTo(TASK);
    assertThat(afp("task start orders/land_orders").endedWith(65).out())
        .contains("TSK001", "the section DELIVERABLES is empty");

    write(TASK, SMALL);
    assertThat(afp("task start orders/land_orders").data().path("status").asText())
        .isEqualTo("in-progress");
    assertThat(afp("task verify orders/land_orders").endedWith(65).json().at("/diagnostics/0/code"))
        .hasToString("\"TSK005\"");

    write("orders/Land.java", "class Land {}\n");
    TestCommand failed = afp("task verify orders/land_orders").endedWith(65);
    assertThat(failed.json().at("/diagnostics/0/code").asText()).isEqualTo("TSK016");
    assertThat(failed.json().at("/data/judged/0/said").asText()).isEqualTo("looking");

    write("orders/Land.java", "class Land { void land() {} }\n");
    assertThat(afp("task verify orders/land_orders").data().path("proven").asInt()).isOne();
    assertThat(afp("module close orders").endedWith(65).json().at("/diagnostics/0/code").asText())
        .isEqualTo("MOD009");
    assertThat(afp("task close orders/land_orders").data().path("status").asText())
        .isEqualTo("closed");
    assertThat(afp("module close orders").data().path("status").asText()).isEqualTo("closed");
    assertThat(folder.resolve("agent-prompts/progress/next_module_guide.md"))
        .content()
        .contains("No module is left");
    assertThat(TestCommand.run("module", "list", "--project", folder.toString()).lines())
        .contains("orders ingestion closed 100% 1");
  }

  @Test
  void aCommandThatIsNotAllowedEndsAsARefusal() {
    write(TASK, SMALL.replace("./check.sh", "sh -c true"));

    TestCommand refused = afp("task start orders/land_orders").endedWith(77);

    assertThat(refused.json().at("/diagnostics/0/code").asText()).isEqualTo("TSK011");
    assertThat(folder.resolve(".afp/evidence")).doesNotExist();
  }

  @Test
  void nobodyAcceptsACriterionWithoutATerminal() {
    write(TASK, SMALL.replace("verify: `./check.sh`", "manual: sales"));
    afp("task start orders/land_orders").succeeded();

    assertThat(afp("task verify orders/land_orders --accept SC-1").endedWith(77).out())
        .contains("AFP-AGE-005");
    assertThat(afp("task verify orders/land_orders --accept SC-9").endedWith(64).out())
        .contains("it is no criterion with `manual:`");
  }

  @Test
  void nobodyApprovesAPhaseWithoutATerminal() {
    for (String document :
        List.of(
            "framework_evolution_guide",
            "revised_prompt_strategy",
            "context_file_standards",
            "discovery_templates",
            "module_closure_prompts",
            "project_structure_standard")) {
      write("agent-prompts/meta/%s.md".formatted(document), "# Agreed on\n");
    }
    assertThat(afp("phase check 0").succeeded().json().at("/data/status").asText())
        .isEqualTo("complete");

    assertThat(afp("phase approve 0").endedWith(77).out()).contains("AFP-AGE-005");
    assertThat(afp("phase reopen 0").endedWith(77).out()).contains("AFP-AGE-005");
    assertThat(afp("phase approve 1").endedWith(65).out()).contains("PHA001", "DOC001");
    assertThat(afp("phase show 9").endedWith(64).out()).contains("Phases: 0, 1, 2, 3, 4, 5, 6, 7.");
    assertThat(afp("phase list").data()).hasSize(8);
    assertThat(folder.resolve(".afp/approvals.jsonl")).doesNotExist();
  }

  @Test
  void whatIsNotThereIsSaidWithWhatWasMeant() throws IOException {
    write(TASK, SMALL);
    assertThat(afp("task show orders/land_order").endedWith(64).out())
        .contains("AFP-AGE-002", "Did you mean 'orders/land_orders'?");
    assertThat(afp("module show order").endedWith(64).out()).contains("Did you mean 'orders'?");
    assertThat(afp("task new order/x").endedWith(64).out()).contains("Did you mean 'orders'?");
    assertThat(afp("task new orders/land_orders").endedWith(64).out()).contains("AFP-AGE-003");
    assertThat(afp("task verify orders/land_orders").endedWith(64).out()).contains("AFP-AGE-004");

    Path empty = Files.createDirectory(folder.resolve("empty"));
    Files.writeString(empty.resolve("afp.yaml"), "");
    assertThat(TestCommand.run("lint", "--json", "--project", empty.toString()).endedWith(78).out())
        .contains("AFP-AGE-001");
  }

  @Test
  void lintTellsWhatItIsAskedFor() throws IOException {
    write(TASK, SMALL.replace("- [ ]", "- [x]"));
    write("agent-prompts/examples/job.md", "# A job\n\nTODO\n");

    JsonNode all = afp("lint").endedWith(65).json();
    assertThat(all.at("/data/errors").asInt()).isGreaterThan(10);
    assertThat(codes(afp("lint --only TSK").endedWith(65))).containsOnly("TSK006");
    String examples = folder.resolve("agent-prompts/examples").toString();
    assertThat(codes(afp("lint", examples).endedWith(65))).containsOnly("DOC004");
    assertThat(afp("lint --only DOC007").succeeded().json().path("ok").asBoolean()).isTrue();

    Path baseline = folder.resolve("before.json");
    Files.writeString(baseline, afp("lint").out());
    TestCommand known = afp("lint --only TSK,DOC,REQ --baseline=" + baseline).endedWith(65);
    assertThat(known.json().at("/data/known").asInt()).isGreaterThan(10);
    assertThat(codes(known)).as("work that is only claimed is never old").containsOnly("TSK006");

    TestCommand sarif =
        TestCommand.run("lint", "--format", "sarif", "--project", folder.toString()).endedWith(65);
    assertThat(sarif.json().at("/runs/0/results")).isNotEmpty();
  }

  private static List<String> codes(TestCommand lint) {
    return lint.json().path("diagnostics").findValuesAsText("code");
  }

  private TestCommand afp(String call, String... more) {
    return TestCommand.run(TestCommand.words(call + " --json --project " + folder, more));
  }

  private void write(String file, String text) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
