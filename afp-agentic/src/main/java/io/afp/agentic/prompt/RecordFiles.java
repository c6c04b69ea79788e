package io.afp.agentic.prompt;

import io.afp.agentic.documents.Markdown;
import io.afp.agentic.documents.Section;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The files that a record says were changed. */
public final class RecordFiles {

  private static final Pattern FILE =
      Pattern.compile("(?m)^- (?:Generated|Modified|Deleted): (.+) \\(");

  private RecordFiles() {}

  /** Their paths from the root of the project. */
  public static List<String> of(Markdown record) {
    String outcome = record.section("OUTCOME").map(Section::text).orElse("");
    return FILE.matcher(outcome).results().map((MatchResult file) -> file.group(1)).toList();
  }

  /** What is said of one that the task does not deliver. */
  public static String outside(String task, String file) {
    return "Cannot tell why %s was changed: %s does not deliver it".formatted(file, task);
  }
}
