package io.afp.agentic.tasks;

import io.afp.agentic.documents.FrontMatter;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Value;
import java.util.List;
import java.util.Optional;

/**
 * The front matter of a task.
 *
 * @param isThere whether there is any; the form of the process has none
 * @param id as it is written
 * @param status as it is written
 * @param baselineHours what the work took without an agent, for comparison
 */
public record TaskHeader(
    boolean isThere,
    Optional<String> id,
    TaskType type,
    Optional<String> module,
    List<String> requirements,
    TaskStatus status,
    Optional<Long> baselineHours,
    TaskSize size) {

  private static final TaskHeader NONE =
      new TaskHeader(
          false,
          Optional.empty(),
          TaskType.IMPLEMENTATION,
          Optional.empty(),
          List.of(),
          TaskStatus.READY,
          Optional.empty(),
          TaskSize.NORMAL);

  private static final Scalar<String> TEXT = Scalar.text("a text");
  private static final Field<String> ID = Field.optional("id", TEXT, "module/feature");
  private static final Field<TaskType> TYPE =
      Field.withDefault(
          "type", Scalar.choice(TaskType.class), "implementation", "The kind of work");
  private static final Field<String> MODULE = Field.optional("module", TEXT, "The module");
  private static final Field<List<String>> REQUIREMENTS =
      Field.optional(
          "requirements",
          new Items<>(TEXT, "a list such as [BR-001]"),
          List.of(),
          "What it is for");
  private static final Field<TaskStatus> STATUS =
      Field.withDefault(
          "status",
          Scalar.choice(TaskStatus.written()).as(TaskStatus::parse),
          "ready",
          "Written by the command");
  private static final Field<Long> BASELINE_HOURS =
      Field.optional("baseline_hours", Scalar.count(), "Hours without an agent");
  private static final Field<TaskSize> SIZE =
      Field.withDefault("size", Scalar.choice(TaskSize.class), "normal", "How much is written");

  private static final Fields<TaskHeader> SHAPE =
      new Fields<>(
          "a mapping such as { type: bugfix, size: small }",
          List.of(ID, TYPE, MODULE, REQUIREMENTS, STATUS, BASELINE_HOURS, SIZE),
          r ->
              new TaskHeader(
                  true,
                  r.find(ID),
                  r.get(TYPE),
                  r.find(MODULE),
                  r.get(REQUIREMENTS),
                  r.get(STATUS),
                  r.find(BASELINE_HOURS),
                  r.get(SIZE)));

  static TaskHeader read(Optional<FrontMatter> frontMatter, Findings findings) {
    if (frontMatter.isEmpty()) {
      return NONE;
    }
    Problems problems = frontMatter.get().problems();
    Optional<Value> value = frontMatter.get().value();
    TaskHeader header = value.flatMap(SHAPE::read).orElse(NONE);
    findings.addAll(Code.TSK013, problems);
    return header;
  }
}
