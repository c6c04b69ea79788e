package io.afp.testing;

import java.util.List;

/**
 * How a run ended.
 *
 * @param exitCode that of the job: 0 when it is done, 65 when a check refused it, and so on
 * @param outcome in a word: {@code published}, {@code nothing_to_do}, {@code failed}
 * @param problems errors and warnings, each with code, message and place
 */
public record Outcome(int exitCode, String outcome, List<String> problems) {

  public Outcome {
    problems = List.copyOf(problems);
  }
}
