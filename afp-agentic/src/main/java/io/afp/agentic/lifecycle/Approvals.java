package io.afp.agentic.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.journal.Person;
import io.afp.agentic.journal.SealedLines;
import io.afp.agentic.tree.ProcessTree;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who has agreed to what each phase left, in {@code .afp/approvals.jsonl}. */
public final class Approvals {

  /** Its place, from the root of the project. */
  public static final String PATH = ".afp/approvals.jsonl";

  private static final String APPROVED = "APPROVED";
  private static final String REOPENED = "REOPENED";

  private final SealedLines lines;

  private Approvals(SealedLines lines) {
    this.lines = lines;
  }

  /** Those of a project. */
  public static Approvals read(Path root) {
    return new Approvals(SealedLines.read(root, PATH));
  }

  /** The first line that is not as it was written, from 1; 0 where all are. */
  public int brokenLine() {
    return lines.brokenLine();
  }

  /** That of a phase, unless it was opened again since. */
  public Optional<Approval> of(String phase) {
    return lines.all().stream()
        .filter(line -> line.path("phase").asText().equals(phase))
        .reduce((first, second) -> second)
        .filter(line -> line.path("event").asText().equals(APPROVED))
        .map(Approvals::approval);
  }

  private static Approval approval(ObjectNode line) {
    SortedMap<String, String> files = new TreeMap<>();
    line.path("files").fields().forEachRemaining(f -> files.put(f.getKey(), f.getValue().asText()));
    return new Approval(
        line.path("phase").asText(),
        line.path("at").asText(),
        new Person(line.path("by").asText(), line.path("means").asText()),
        line.path("note").asText(),
        files);
  }

  /** Writes down that a person agrees to what a phase left, as it is now. */
  public void approve(
      ProcessTree tree, Lifecycle lifecycle, Phase phase, Person by, String note, Clock clock) {
    ObjectNode line = line(APPROVED, phase, by, note, clock);
    Map<String, String> files = ArtifactState.of(tree, lifecycle, phase);
    files.forEach(line.putObject("files")::put);
    lines.add(line);
  }

  /** Writes down that a person takes it back. */
  public void reopen(Phase phase, Person by, String note, Clock clock) {
    lines.add(line(REOPENED, phase, by, note, clock));
  }

  private static ObjectNode line(String event, Phase phase, Person by, String note, Clock clock) {
    return SealedLines.object()
        .put("event", event)
        .put("phase", phase.id())
        .put("at", clock.instant().toString())
        .put("by", by.name())
        .put("means", by.means())
        .put("note", note);
  }
}
