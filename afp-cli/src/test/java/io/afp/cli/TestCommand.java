package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Runs the command in this process, and takes down what it says. */
record TestCommand(int exitCode, String out, String err) {

  static TestCommand run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int code = Afp.run(arguments);
      return new TestCommand(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  TestCommand endedWith(int expected) {
    assertThat(exitCode).as("exit code of%n%s%n%s", out, err).isEqualTo(expected);
    return this;
  }

  TestCommand succeeded() {
    return endedWith(0);
  }

  /** The one document on stdout. */
  JsonNode json() {
    try {
      return Output.JSON
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError("stdout is not one JSON document: " + this, e);
    }
  }

  JsonNode data() {
    succeeded();
    assertThat(json().path("ok").asBoolean()).isTrue();
    return json().path("data");
  }

  /** The lines on stdout without the blanks that align them. */
  List<String> lines() {
    succeeded();
    assertThat(out.lines()).allMatch(line -> line.length() <= Output.WIDTH);
    return out.lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
  }

  static String[] words(String call, String... more) {
    return Stream.concat(Stream.of(call.split(" ")), Stream.of(more)).toArray(String[]::new);
  }
}
