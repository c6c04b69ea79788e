package io.afp.agentic.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A process with all that it starts, also what outlives its parent: each inherits a mark in its
 * environment. On a system without {@code /proc} it is only what is still below the process.
 */
final class Started {

  /** The variable with the mark; what shall outlive a command is started without it. */
  static final String MARK = "AFP_COMMAND";

  /** How often what was started meanwhile, or has not ended yet, is ended again. */
  private static final int ROUNDS = 100;

  private final Process process;
  private final String mark;

  private Started(Process process, String mark) {
    this.process = process;
    this.mark = mark;
  }

  /** Starts a process. Its mark begins with that of the command that starts it, if it has one. */
  static Started by(ProcessBuilder builder) throws IOException {
    String mark = builder.environment().getOrDefault(MARK, "") + "/" + UUID.randomUUID();
    builder.environment().put(MARK, mark);
    return new Started(builder.start(), mark);
  }

  Process process() {
    return process;
  }

  /** Ends all of it; what it has printed can still be read. */
  void end() {
    List<ProcessHandle> below = process.descendants().toList();
    process.toHandle().destroyForcibly(); // first, or it says how its children have ended
    below.forEach(ProcessHandle::destroyForcibly);
    List<ProcessHandle> left = marked();
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      left.forEach(ProcessHandle::destroyForcibly);
      left = marked();
    }
  }

  private List<ProcessHandle> marked() {
    return ProcessHandle.allProcesses().filter(this::isMarked).toList();
  }

  private boolean isMarked(ProcessHandle other) {
    Path environment = Path.of("/proc/%d/environ".formatted(other.pid()));
    try {
      String variables = Files.readString(environment, StandardCharsets.ISO_8859_1);
      return Stream.of(variables.split("\0")).anyMatch(v -> v.startsWith(MARK + "=" + mark));
    } catch (IOException e) {
      return false; // it has ended, is of somebody else, or there is no such file
    }
  }
}
