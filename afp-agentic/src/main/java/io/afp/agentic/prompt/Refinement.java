package io.afp.agentic.prompt;

import java.util.Locale;

/** What a further prompt for the same task asks for. */
public enum Refinement {
  ERROR_HANDLING(
      "standards/error_handling.md",
      "Enhance the deliverables with the error handling that the standard asks for."),
  PERFORMANCE(
      "standards/development_patterns.md",
      "Optimize the deliverables: prune partitions, avoid shuffles and second scans, and say what was measured."),
  MONITORING(
      "standards/monitoring.md",
      "Add to the deliverables what the standard asks to be measured and alerted.");

  private final String standard;
  private final String words;

  Refinement(String standard, String words) {
    this.standard = standard;
    this.words = words;
  }

  /** The standard that it follows, below {@code agent-prompts}. */
  String standard() {
    return standard;
  }

  /** What is asked. */
  String words() {
    return words;
  }

  /** As it is written. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
