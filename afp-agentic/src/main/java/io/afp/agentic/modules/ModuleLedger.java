package io.afp.agentic.modules;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.tree.ProcessTree;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Scalar;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which modules are closed, in {@code progress/module_status.yaml}.
 *
 * @param closed the day on which each was closed
 */
public record ModuleLedger(Map<String, String> closed) {

  /** Its place. */
  public static final String PATH = "progress/module_status.yaml";

  private static final Scalar<String> TEXT = Scalar.text("a text");
  private static final Field<Map<String, String>> CLOSED =
      Field.optional(
          "closed", new Entries<>(TEXT, TEXT, "a mapping of days"), Map.of(), "Closed modules");
  private static final Fields<ModuleLedger> SHAPE =
      new Fields<>("a mapping", List.of(CLOSED), r -> new ModuleLedger(r.get(CLOSED)));

  /** That of a project; empty where there is none. */
  public static ModuleLedger read(ProcessTree tree, Findings findings) {
    return tree.yaml(PATH, SHAPE, Code.MOD001, findings).orElse(new ModuleLedger(Map.of()));
  }

  /** Whether a module is closed. */
  public boolean isClosed(String module) {
    return closed.containsKey(module);
  }

  /** The text of the file, with one more module. */
  public String with(String module, LocalDate day) {
    Map<String, String> all = new TreeMap<>(closed);
    all.put(module, day.toString());
    StringBuilder text = new StringBuilder("# Written by `afp module close`.\nclosed:\n");
    all.forEach((name, date) -> text.append("  %s: %s\n".formatted(name, date)));
    return text.toString();
  }
}
