package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverEndTest {

  private static final int KILLED = 137;

  @Test
  void aKilledDriverIsNamedWithTheCodeOfItsProcess() {
    DriverEnd end = ended(KILLED, null);

    assertThat(end.interrupted()).isFalse();
    assertThat(end.exitCode()).isEqualTo(70);
    assertThat(end.problems().get(0).toText()).contains("AFP-RUN-006", "(exit=137)", "a.log");
    assertThat(end.outcome()).isEqualTo("failed");
    assertThat(end.data().isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {129, 130, 143})
  void aSignalThatEndsADriverIsAnInterrupt(int code) {
    DriverEnd end = ended(code, null);

    assertThat(end.interrupted()).isTrue();
    assertThat(end.exitCode()).isEqualTo(130);
    assertThat(end.problems().get(0).toText()).contains("AFP-RUN-005");
  }

  @Test
  void aDriverThatHadToBeKilledByAnInterruptedCommandWasInterrupted() {
    assertThat(new DriverEnd(KILLED, Optional.empty(), true, Path.of("a.log")).interrupted())
        .isTrue();
  }

  @Test
  void workThatWasDoneOrFailedBeforeTheSignalIsReportedAsThat() {
    DriverEnd done = ended(130, "{'exit': 0, 'outcome': 'published', 'diagnostics': []}");
    DriverEnd failed = ended(143, report("AFP-QUA-001", 65));
    DriverEnd interrupted = ended(143, report("AFP-RUN-005", 130));

    assertThat(done.interrupted()).isFalse();
    assertThat(done.exitCode()).isZero();
    assertThat(failed.interrupted()).isFalse();
    assertThat(failed.exitCode()).isEqualTo(65);
    assertThat(interrupted.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"exit\": 0, \"outcome\": \"do", "{}"})
  void halfOfAReportIsNone(String text, @TempDir Path folder) throws IOException {
    Path report = Files.writeString(folder.resolve("report.json"), text);

    assertThat(Driver.document(report)).isEmpty();
    assertThat(report).doesNotExist();
  }

  private static String report(String code, int exit) {
    return "{'exit': %d, 'diagnostics': [{'severity': 'error', 'code': '%s'}]}"
        .formatted(exit, code);
  }

  private static DriverEnd ended(int code, String document) {
    return new DriverEnd(
        code, Optional.ofNullable(document).map(DriverEndTest::json), false, Path.of("a.log"));
  }

  private static JsonNode json(String text) {
    try {
      return Output.JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
