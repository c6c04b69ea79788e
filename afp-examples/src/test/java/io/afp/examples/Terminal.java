package io.afp.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A shell in which one command is typed after the other. */
final class Terminal implements AutoCloseable {

  private static final String END = "=== the command has ended with ";

  private final Process shell;
  private final Writer in;
  private final BufferedReader out;

  private Terminal(Process shell) {
    this.shell = shell;
    this.in = shell.outputWriter(StandardCharsets.UTF_8);
    this.out = shell.inputReader(StandardCharsets.UTF_8);
  }

  static Terminal in(Path folder, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash").directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().remove("AFP_ENV");
    builder.environment().putAll(environment);
    return new Terminal(builder.start());
  }

  /** What a command printed on both channels, and its exit code. */
  record Printed(String text, int exitCode) {}

  Printed type(String command) {
    try {
      in.write("{ %s\n} </dev/null; printf '\\n%s%%d\\n' $?\n".formatted(command, END));
      in.flush();
      StringBuilder text = new StringBuilder();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(END)) {
          return new Printed(
              text.toString().stripTrailing(), Integer.parseInt(line.substring(END.length())));
        }
        text.append(line).append('\n');
      }
      throw new IllegalStateException("The shell has ended: " + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the shell is now. */
  Path folder() {
    return Path.of(type("pwd").text());
  }

  /** Ends the shell, and what it has started and not ended. */
  @Override
  public void close() throws IOException {
    in.close();
    shell.descendants().forEach(ProcessHandle::destroy);
    shell.destroy();
  }
}
