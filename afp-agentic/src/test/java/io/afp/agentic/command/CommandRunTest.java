package io.afp.agentic.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRunTest {

  @TempDir Path folder;

  @Test
  void aCommandThatSucceedsHasNoFailure() throws IOException {
    CommandRun run = run("echo done");

    assertThat(run.exit()).isZero();
    assertThat(run.failure()).isEmpty();
    assertThat(run.tail()).isEqualTo("done");
    assertThat(run.bytes()).isEqualTo(5);
  }

  @Test
  void anExitCodeIsAFailure() throws IOException {
    assertThat(run("exit 3").failure()).isEqualTo("its command failed (exit=3)");
    assertThat(run("exit 3").exit()).isEqualTo(3);
  }

  @Test
  void aCommandThatIsNotThereIsAFailure() {
    CommandRun run = CommandRun.of(call("./nothing"));

    assertThat(run.failure()).startsWith("its command can not be started");
  }

  @Test
  void aCommandThatHangsIsEndedWithAllThatItStarted() throws IOException {
    long start = System.nanoTime();

    CommandRun run = run("sleep 600 & sleep 600");

    assertThat(run.failure()).isEqualTo("its command took longer than PT1S");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({"sleep 600, took longer than PT1S", "exit 3, failed (exit=3)", "exit 0, ''"})
  void whatOutlivesItsParentIsEndedWithTheCommand(String end, String failure) throws IOException {
    CommandRun run =
        run("sh -c 'setsid sleep 601 & nohup sleep 602 & echo $PPID'; echo begun; " + end);

    assertThat(run.failure()).endsWith(failure);
    assertThat(run.tail()).endsWith("begun");
    assertThat(run.took()).isLessThan(Duration.ofSeconds(60));
    assertThat(sleeping("601")).isEmpty();
    assertThat(sleeping("602")).isEmpty();
  }

  private static List<ProcessHandle> sleeping(String seconds) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().arguments().map(List::of).orElse(List.of()).equals(List.of(seconds)))
        .toList();
  }

  @Test
  void aCommandThatPrintsWithoutEndIsEnded() throws IOException {
    CommandRun run = run("while :; do echo and so on; done");

    assertThat(run.failure()).isEqualTo("its command printed more than 65536 bytes");
    assertThat(run.tail().length()).isLessThanOrEqualTo(65_536);
  }

  @Test
  void noCharacterIsBrokenWhereABufferEnds() throws IOException {
    String text = "a" + "é".repeat(10_000);
    Files.writeString(folder.resolve("text"), text);
    assertThat(run("cat text").tail()).isEqualTo(text);

    List<String> words = List.of("./command");
    CommandCall cut = new CommandCall(words, folder, "", Duration.ofSeconds(1), 65_536, 3, true);
    assertThat(CommandRun.of(cut).tail()).isEqualTo("é");
  }

  @Test
  void aCommandGetsNoInput() throws IOException {
    assertThat(run("read line || echo nothing").tail()).isEqualTo("nothing");
  }

  private CommandRun run(String script) throws IOException {
    Path file = folder.resolve("command");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    file.toFile().setExecutable(true);
    return CommandRun.of(call("./command"));
  }

  private CommandCall call(String word) {
    return CommandCall.judging(List.of(word), folder, Duration.ofSeconds(1), 65_536);
  }
}
