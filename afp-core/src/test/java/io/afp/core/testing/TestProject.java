package io.afp.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.job.Backfill;
import io.afp.core.job.Job;
import io.afp.core.job.Upkeep;
import io.afp.core.ledger.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;

/**
 * A project on disk with one pipeline {@code p}, on a lake of its own, and the real jobs that run
 * it in this process.
 */
public final class TestProject implements AutoCloseable {

  private final TestLake lake;
  private final Path root;

  /**
   * A project.
   *
   * @param root an empty folder
   * @param pipeline what {@code pipeline.yaml} says beside the name
   */
  public TestProject(Path root, String pipeline) {
    this(root, new TestLake());
    TestSpark.session();
    file(
        "afp.yaml",
        "lake: { uri: \"%s\", warehouse: \"%s\" }\n"
            .formatted(lake.account().uri(), lake.warehouse().toUri()));
    file("p/pipeline.yaml", "pipeline: p\n" + pipeline + "\n");
  }

  private TestProject(Path root, TestLake lake) {
    this.root = root;
    this.lake = lake;
  }

  /** The same project after somebody has moved it; this one closes it. */
  public TestProject at(Path moved) {
    return new TestProject(moved, lake);
  }

  /** The lake that the jobs work on. */
  public TestLake lake() {
    return lake;
  }

  /** Writes a file; the path is relative to the project. */
  public TestProject file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file; the path is relative to the project. */
  public TestProject file(String path, byte[] bytes) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the definition of a table, {@code namespace.name}. */
  public TestProject table(String name, String yaml) {
    return file("p/tables/" + name.replace('.', '/') + ".yaml", yaml);
  }

  /** Writes the definition of a table that a query fills. */
  public TestProject model(String name, String yaml, String sql) {
    file("p/tables/" + name.replace('.', '/') + ".sql", sql);
    return table(name, yaml);
  }

  /** What a job reported: {@code exit}, {@code outcome}, {@code diagnostics} and more. */
  public JsonNode run(List<Phase> phases, String... more) {
    return runIn("p", phases, more);
  }

  /** The same for another pipeline of the project. */
  public JsonNode runIn(String pipeline, List<Phase> phases, String... more) {
    Job job = Job.of("test", phases.toArray(Phase[]::new));
    return report(job::run, pipeline, more);
  }

  /** What a backfill reported. */
  public JsonNode backfill(String... more) {
    return report(Backfill::run, "p", more);
  }

  /**
   * What {@code afp plan} says of the units that are to be done, a line each: table, unit, state
   * and reason.
   */
  public List<String> plan(String... more) {
    List<String> lines = new ArrayList<>();
    for (JsonNode step : planReport(more).at("/data/steps")) {
      for (JsonNode unit : step.get("units")) {
        Stream<String> texts =
            Stream.of("unit", "state", "reason").map(name -> unit.get(name).asText(""));
        lines.add(step.get("table").asText() + " " + texts.collect(Collectors.joining(" ")));
      }
    }
    return lines.stream().map(String::strip).toList();
  }

  /** All that {@code afp plan} reported. */
  public JsonNode planReport(String... more) {
    return report(arguments -> Upkeep.run(plus("plan", arguments)), "p", more);
  }

  private static String[] plus(String first, String[] others) {
    return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
  }

  /** What a task on the whole lake reported, such as {@code rollback}. */
  public JsonNode upkeep(String task, String... more) {
    return report(arguments -> Upkeep.run(plus(task, arguments)), List.of(more));
  }

  private JsonNode report(ToIntFunction<String[]> what, String pipeline, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--pipeline", "" + root.resolve(pipeline)));
    arguments.addAll(Arrays.asList(more));
    return report(what, arguments);
  }

  private JsonNode report(ToIntFunction<String[]> what, List<String> arguments) {
    return Reported.of(what, root, arguments).json();
  }

  /** The diagnostics of a report: code, message and where. */
  public static List<String> problems(JsonNode report) {
    return StreamSupport.stream(report.get("diagnostics").spliterator(), false)
        .map(
            d ->
                "%s %s at %s:%d"
                    .formatted(
                        d.get("code").asText(),
                        d.get("message").asText(),
                        d.get("file").asText(),
                        d.get("line").asInt()))
        .toList();
  }

  /** The rows of a query on main, fields separated by blanks, sorted. */
  public List<String> lake(String query) {
    return lake.onMain().sql(query).collectAsList().stream()
        .map(TestProject::text)
        .sorted()
        .toList();
  }

  private static String text(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> String.valueOf(row.get(i)))
        .collect(Collectors.joining(" "));
  }

  /** The first column of a query on the ledger. */
  public List<String> ledger(String query) {
    return lake.database()
        .inTransaction(handle -> handle.createQuery(query).mapTo(String.class).list());
  }

  @Override
  public void close() {
    lake.close();
  }
}
