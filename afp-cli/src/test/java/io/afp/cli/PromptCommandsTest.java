package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts as they are typed, with a script that stands for the agent. */
class PromptCommandsTest {

  private static final String TASK =
      """
      ---
      type: bugfix
      size: small
      status: ready
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
  void aProjectUnderGit() throws IOException, InterruptedException {
    write("afp.yaml", "");
    write("check.sh", "#!/bin/sh\ngrep -q land orders/Land.java\n");
    write(
        "agent.sh",
        "#!/bin/sh\nmkdir -p orders; echo 'void land() {}' > orders/Land.java; echo Landed\n");
    write(
        "agent-prompts/context/system_context.yaml",
        "project: Shop\nverify: { allow: [./check.sh] }\n");
    write("agent-prompts/tasks/orders/land.md", TASK);
    for (List<String> words : List.of(List.of("init", "-q"), List.of("add", "-A"))) {
      git(words);
    }
    git(List.of("-c", "user.name=Ada", "-c", "user.email=ada@x.org", "commit", "-qm", "Begin"));
  }

  @Test
  void aPromptIsBuiltRunAndVerified() {
    JsonNode built = run("prompt", "build", "orders/land").data();
    assertThat(built.path("text").asText()).startsWith("TASK: Land the orders, as defined in");
    assertThat(built.path("files")).hasSize(2);
    assertThat(run("prompt", "run", "orders/land", "--agent", "./agent.sh", "--dry-run").data())
        .isEqualTo(built);
    assertThat(run("prompt", "list").data()).isEmpty();

    JsonNode done = run("prompt", "run", "orders/land", "--agent", "./agent.sh").data();

    assertThat(done.path("status").asText()).isEqualTo("SUCCESS");
    assertThat(done.at("/changes/0/path").asText()).isEqualTo("orders/Land.java");
    assertThat(done.path("notes").asText()).isEqualTo("Landed");
    assertThat(run("prompt", "list").data()).hasSize(1);
    assertThat(run("prompt", "verify").data().path("records").asInt()).isOne();
    assertThat(run("task", "show", "orders/land").data().path("status").asText())
        .isEqualTo("verified");
  }

  @Test
  void anAgentThatDoesNothingEndsWithFindings() {
    write("agent.sh", "#!/bin/sh\necho All done\n");
    TestCommand run = run("prompt", "run", "orders/land", "--agent", "./agent.sh").endedWith(65);

    assertThat(run.json().at("/data/status").asText()).isEqualTo("FAILED");
    assertThat(run.json().at("/diagnostics/0/code").asText()).isEqualTo("TSK005");
  }

  @Test
  void whatCanNotBeCalledIsSaid() {
    assertThat(run("prompt", "run", "orders/land", "--agent", "./nobody").endedWith(69).out())
        .contains("AFP-AGE-007");
    assertThat(run("prompt", "run", "orders/land", "--agent", "a | b").endedWith(64).out())
        .contains("only a shell understands '|'");
    refused("--agent is another", "--agent", "./agent.sh", "--max-turns", "3");
    refused("--agent is another", "--agent", "./agent.sh", "--model", "m");
    refused("--max-turns is 0", "--max-turns", "0");
    refused("--max-budget-usd is 0.0", "--max-budget-usd", "0");
    refused("--max-budget-usd is -1.0", "--agent", "./agent.sh", "--max-budget-usd", "-1");
    assertThat(run("prompt", "build", "orders/land", "--max-bytes", "10").endedWith(64).out())
        .contains("the task alone needs");
  }

  @Test
  void aClosedTaskGetsNoPrompt() {
    assertThat(run("prompt", "run", "orders/land", "--agent", "./agent.sh").exitCode()).isZero();
    assertThat(run("task", "close", "orders/land").exitCode()).isZero();

    refused("Cannot work on a closed task", "--agent", "./agent.sh");
    assertThat(run("prompt", "record", "orders/land").endedWith(64).out())
        .contains("afp task start --again orders/land");
    assertThat(run("prompt", "list").data()).hasSize(1);
  }

  @Test
  void noAgentWorksWhileItsRecordWouldNotBeBelieved() {
    write(".afp/prompts.jsonl", "{}\n");
    TestCommand run = run("prompt", "run", "orders/land", "--agent", "./agent.sh").endedWith(65);

    assertThat(run.json().at("/diagnostics/0/code").asText()).isEqualTo("PRM005");
    assertThat(folder.resolve("orders/Land.java")).doesNotExist();
  }

  @Test
  void workByHandIsRecorded() {
    write("orders/Land.java", "void land() {}\n");
    write("words.txt", "Land the orders, please.");
    assertThat(run("task", "start", "orders/land").exitCode()).isZero();
    write("orders/Land.java", "void land() { /* all */ }\n");

    String words = folder.resolve("words.txt").toString();
    JsonNode recorded =
        run("prompt", "record", "orders/land", "--file", words, "--model", "m").data();

    assertThat(folder.resolve(recorded.path("record").asText()))
        .content()
        .contains("Land the orders, please.", "- Claude Model: m", "REFERENCED\n\nNone\n");
    assertThat(run("lint", "--only", "PRM007").json().findValuesAsText("code"))
        .containsExactly("PRM007");
    write("words.txt", "Land the orders as tasks/orders/land.md says.");
    String second =
        run("prompt", "record", "orders/land", "--file", words).data().path("record").asText();
    assertThat(folder.resolve(second)).content().contains("- agent-prompts/tasks/orders/land.md (");
    assertThat(run("lint", "--only", "PRM007").json().path("diagnostics")).hasSize(1);
    assertThat(run("prompt", "record", "orders/land", "--since", "nowhere").endedWith(64).out())
        .contains("it can not compare nowhere");
  }

  private void refused(String why, String... options) {
    String[] words =
        Stream.concat(Stream.of("prompt", "run", "orders/land"), Stream.of(options))
            .toArray(String[]::new);
    assertThat(run(words).endedWith(64).out()).contains(why);
  }

  private TestCommand run(String... words) {
    return TestCommand.run(
        Stream.concat(Stream.of(words), Stream.of("--json", "--project", folder.toString()))
            .toArray(String[]::new));
  }

  private void git(List<String> words) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("git"), words.stream()).toList();
    assertThat(new ProcessBuilder(command).directory(folder.toFile()).start().waitFor()).isZero();
  }

  private void write(String file, String text) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), text);
      folder.resolve(file).toFile().setExecutable(file.endsWith(".sh"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
