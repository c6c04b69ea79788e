package io.afp.agentic.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A command to be run without a shell, in a folder, within limits.
 *
 * @param input what it gets on its standard input
 * @param outputLimit how many bytes it may print
 * @param kept how many bytes of the end of what it prints are kept
 * @param mixesErrors whether its errors count as what it prints; else they go where ours go
 */
public record CommandCall(
    List<String> words,
    Path folder,
    String input,
    Duration timeLimit,
    long outputLimit,
    int kept,
    boolean mixesErrors) {

  private static final int TAIL = 1 << 16;

  /** One without input that judges by its exit code; the end of what it says explains a failure. */
  public static CommandCall judging(
      List<String> words, Path folder, Duration timeLimit, long outputLimit) {
    return new CommandCall(words, folder, "", timeLimit, outputLimit, TAIL, true);
  }

  /** One that answers what it is asked; all of the answer is kept. */
  public static CommandCall answering(
      List<String> words, Path folder, String input, Duration timeLimit, int outputLimit) {
    return new CommandCall(words, folder, input, timeLimit, outputLimit, outputLimit, false);
  }
}
