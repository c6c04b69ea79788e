package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

  @Test
  void theScriptHasEveryCommand() {
    String script = TestCommand.run("completion").succeeded().out();

    assertThat(TestCommand.run("completion", "--json").data().path("script").asText().strip())
        .isEqualTo(script.strip());
    assertThat(CommandGrammarTest.commands().skip(1))
        .allSatisfy(
            command ->
                assertThat(script)
                    .contains("_picocli_" + command.qualifiedName("_").replace("-", "") + "()"));
  }

  @Test
  void bashCompletesACommandAndASecondWordAndAnOption(@TempDir Path folder) throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("afp completion"), TestCommand.run("completion").succeeded().out());

    assertThat(completed(script, "afp", "che")).contains("checks");
    assertThat(completed(script, "afp", "runs", "sh")).contains("show");
    assertThat(completed(script, "afp", "runs", "--li")).contains("--limit");
  }

  private static List<String> completed(Path script, String... words)
      throws IOException, InterruptedException {
    String line =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_afp; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, String.join(" ", words), words.length - 1);
    Process bash = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.lines().map(String::strip).toList();
  }
}
