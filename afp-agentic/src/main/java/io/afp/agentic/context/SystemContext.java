package io.afp.agentic.context;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code context/system_context.yaml} says.
 *
 * @param project the name of the project
 * @param stack the tools, by what they are for
 * @param stakeholders who has a say
 * @param slas what is promised
 * @param limits what is judged by numbers
 * @param policy which commands may be run to verify a task
 */
public record SystemContext(
    String project,
    Map<String, Tool> stack,
    List<Stakeholder> stakeholders,
    List<Sla> slas,
    Limits limits,
    VerifyPolicy policy) {

  /** What holds where there is no such file, or one that can't be read. */
  public static final SystemContext EMPTY =
      new SystemContext("", Map.of(), List.of(), List.of(), Limits.DEFAULT, VerifyPolicy.DEFAULT);

  /**
   * A tool of the stack.
   *
   * @param version as it is written: {@code 3.10} is not {@code 3.1}
   */
  public record Tool(String tool, String version) {

    /** The last word of its name in lower case: {@code spark} of Apache Spark. */
    public String word() {
      return tool.substring(tool.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Somebody with a say.
   *
   * @param owner who answers for them, by names with commas between them; may be empty
   */
  public record Stakeholder(String id, String name, String owner) {

    boolean is(String person) {
      return Stream.concat(Stream.of(id, name), Stream.of(owner.split(",")))
          .anyMatch(each -> each.strip().equalsIgnoreCase(person));
    }
  }

  /**
   * Whether a person may judge what a criterion leaves to somebody: it is that name, or the
   * stakeholder of that id, or one of its owners.
   */
  public boolean mayJudge(String person, String somebody) {
    return somebody.equalsIgnoreCase(person) || named(somebody).anyMatch(s -> s.is(person));
  }

  /** The stakeholders with this id or name. */
  public Stream<Stakeholder> named(String word) {
    return stakeholders.stream()
        .filter(s -> s.id().equalsIgnoreCase(word) || s.name().equalsIgnoreCase(word));
  }

  /** A promise. */
  public record Sla(String id, String owner, int line) {}
}
