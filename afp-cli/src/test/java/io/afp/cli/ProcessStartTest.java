package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.progress.StatusFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of a project begins: of a new one, of one that is there, of one of an older AFP. */
class ProcessStartTest {

  @TempDir Path root;

  @Test
  void aNewProjectHasItsProcessWithNothingWrong() {
    TestCommand.run("init", "--process", root.toString(), "--name", "kiosk").succeeded();

    assertThat(run("validate").out()).contains("1 pipeline with 4 tables: no error");
    JsonNode lint = run("lint", "--json").json();
    assertThat(lint.path("diagnostics")).as(lint.toPrettyString()).isEmpty();
    JsonNode phases = run("phase", "list", "--json").data();
    assertThat(phases.findValuesAsText("status")).hasSize(8).startsWith("complete");
    for (int phase = 0; phase < 8; phase++) {
      run("phase", "show", String.valueOf(phase)).succeeded();
    }
    for (String phase : List.of("1", "2", "3", "4")) {
      assertThat(run("phase", "check", phase, "--json").json().findValuesAsText("code"))
          .as("phase %s only waits for a person", phase)
          .containsOnly("PHA001");
    }
    assertThat(run("task", "list").lines())
        .anyMatch(l -> l.startsWith("kiosk/warn_of_large_sales"));
    assertThat(text("agent-prompts/progress/next_module_guide.md")).contains("`kiosk`");
    assertThat(text("agent-prompts/design/data_flows.md"))
        .contains("raw_orders --> core_sale", "core_sale --> mart_sales_day");
    assertThat(text("agent-prompts/context/data_context.md"))
        .contains("| orders | `raw.orders` | files | `data/orders-${interval:yyyy-MM}.csv` |");
    assertThat(root.resolve("setup-scripts/git-hooks/pre-commit")).isExecutable();
  }

  @Test
  void twiceIsNoChange() {
    TestCommand.run("init", "--process", root.toString()).succeeded();
    SortedMap<String, String> before = state();

    assertThat(TestCommand.run("init", "--process", root.toString()).succeeded().out())
        .contains("Nothing to do");
    assertThat(run("adopt").succeeded().out()).contains("Nothing to do");
    assertThat(run("upgrade").succeeded().out()).contains("files are those of this version");

    assertThat(state()).containsAllEntriesOf(before);
  }

  @Test
  void aStatusThatPeopleWroteStaysAndWhatIsMissingIsListed() throws IOException {
    TestCommand.run("init", "--process", root.toString()).succeeded();
    String next = "agent-prompts/progress/next_module_guide.md";
    Files.delete(root.resolve(next));
    write("agent-prompts/progress/current_module_status.md", "## Module: mine\n");
    write("agent-prompts/progress/project_status.md", "Mine\n");
    SortedMap<String, String> before = state();

    assertThat(run("adopt", "--dry-run").lines()).contains(next + " missing");
    assertThat(state()).isEqualTo(before);
    assertThat(run("adopt").lines()).contains(next + " written");

    assertThat(state()).containsAllEntriesOf(before);
    assertThat(text(next)).contains("`shop`");
  }

  @Test
  void whereThereIsNoModuleThereIsNoCurrentOne() {
    run("adopt").succeeded();

    assertThat(text("agent-prompts/progress/next_module_guide.md")).contains("No module is left");
    assertThat(run("adopt").succeeded().out()).contains("Nothing to do");
  }

  @Test
  void nothingIsMadeFromWhatCannotBeRead() {
    TestCommand.run("init", "--process", root.toString()).succeeded();
    String orders = text("shop/tables/raw/orders.yaml");
    write("shop/tables/raw/orders.yaml", orders.replace("columns:", "colums:"));
    SortedMap<String, String> before = state();
    for (String command : List.of("sync", "upgrade", "adopt")) {
      assertThat(run(command).endedWith(78).err()).as(command).contains("colums");
    }
    assertThat(state()).isEqualTo(before);

    write("shop/tables/raw/orders.yaml", orders);
    write("agent-prompts/context/system_context.yaml", "project: [\n");
    before = state();
    for (String command : List.of("sync", "upgrade", "adopt")) {
      assertThat(run(command, "--json").endedWith(65).json().findValuesAsText("code"))
          .as(command)
          .containsOnly("CTX001");
    }
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void whatDefinitionsSayIsWrittenSoThatItCanBeReadAgain() {
    TestCommand.run("init", root.toString()).succeeded();
    write(
        "shop/pipeline.yaml",
        "pipeline: shop\ninterval: { unit: month }\n"
            + "description: \"Of C:\\\\till, the \\\"big\\\" one,\\nby day\"\n");
    String orders = text("shop/tables/raw/orders.yaml");
    write(
        "shop/tables/raw/orders.yaml",
        orders.replaceFirst("description: .*", "description: \"A | row,\\\\nan order\""));
    write(
        "pom.xml",
        "<modules><module>jobs</module><module>code/shop</module><module>a/lib</module>"
            + "<module>b/lib</module></modules>");

    run("adopt").succeeded();

    assertThat(run("module", "show", "shop", "--json").data().path("purpose").asText())
        .isEqualTo("Of C:\\till, the \"big\" one, by day");
    assertThat(run("module", "list").lines()).hasSize(5).anyMatch(l -> l.startsWith("b-lib "));
    assertThat(text("agent-prompts/requirements/data_discovery.md"))
        .contains("| `raw.orders` | A \\| row, an order | 5 |");
    assertThat(run("lint", "--json").json().findValuesAsText("code")).containsOnly("DOC003");
  }

  @Test
  void nothingIsWrittenThroughALinkOutOfTheProject(@TempDir Path elsewhere) throws IOException {
    Files.createSymbolicLink(root.resolve("setup-scripts"), elsewhere);

    assertThat(run("adopt").endedWith(69).err()).contains("a link leads out of the project");
    TestCommand.run("init", "--process", root.toString()).endedWith(69);

    assertThat(elsewhere).isEmptyDirectory();
    assertThat(root.resolve("afp.yaml")).doesNotExist();
  }

  @Test
  void aProjectThatIsThereIsDraftedAndNotTouched() {
    TestCommand.run("init", root.toString()).succeeded();
    write("AGENTS.md", "Mine\n");
    write(
        "pom.xml",
        "<project><properties><spark.version>3.5.1</spark.version></properties>"
            + "<modules><module>jobs</module></modules></project>");
    SortedMap<String, String> before = state();

    assertThat(run("adopt", "--dry-run").succeeded().out()).contains("Nothing was changed");
    assertThat(state()).isEqualTo(before);
    run("adopt").succeeded();

    assertThat(state()).containsAllEntriesOf(before);
    assertThat(text("agent-prompts/context/system_context.yaml")).contains("version: \"3.5.1\"");
    assertThat(text("agent-prompts/design/module_structure.yaml"))
        .contains("  jobs: { layer: common", "  shop:\n    layer: ingestion");
    List<String> codes = run("lint", "--json").json().findValuesAsText("code");
    assertThat(codes).as("what only people can write").containsOnly("DOC003");
    assertThat(run("phase", "check", "0").exitCode()).isZero();
    assertThat(run("phase", "check", "1").exitCode()).isEqualTo(65);
  }

  @Test
  void anUpgradeMergesWhatAfpChangedAndKeepsWhatPeopleWrote() {
    TestCommand.run("init", "--process", root.toString()).succeeded();
    String current = text("AGENTS.md");
    String older = current.replace("- No secrets in files", "- Secrets are bad");
    write(".afp/templates/AGENTS.md", older);
    write("AGENTS.md", older + "\nOurs.\n");
    write("CLAUDE.md", "@AGENTS.md\n\nOurs too.\n");

    assertThat(run("upgrade", "--dry-run").lines()).contains("AGENTS.md merged", "CLAUDE.md kept");
    assertThat(text("AGENTS.md")).contains("Secrets are bad");
    int files = run("upgrade", "--dry-run", "--json").data().path("files").size();
    assertThat(run("upgrade").succeeded().out())
        .as("counted as they are afterwards, without the one that was kept")
        .contains("%d of %d files are those of this version".formatted(files - 1, files));

    assertThat(text("AGENTS.md")).isEqualTo(current + "\nOurs.\n");
    assertThat(text("CLAUDE.md")).contains("Ours too.");
  }

  @Test
  void whatIsNotCommittedIsNotWrittenOver() throws IOException, InterruptedException {
    TestCommand.run("init", "--process", root.toString()).succeeded();
    new ProcessBuilder("git", "init", "-q").directory(root.toFile()).start().waitFor();
    String older = text("AGENTS.md").replace("- No secrets in files", "- Secrets are bad");
    write(".afp/templates/AGENTS.md", older);
    write("AGENTS.md", older);

    assertThat(run("upgrade").endedWith(77).err()).contains("AFP-AGE-006", "AGENTS.md");
    assertThat(text("AGENTS.md")).isEqualTo(older);
  }

  @Test
  void documentsFollowDefinitionsAndEditsByHandStay() {
    TestCommand.run("init", "--process", root.toString()).succeeded();
    assertThat(run("sync", "--check").succeeded().out()).contains("current");
    String orders = text("shop/tables/raw/orders.yaml");
    write(
        "shop/tables/raw/orders.yaml",
        orders.replace("key: [order_id]", "  coupon:   { type: string }\nkey: [order_id]"));

    assertThat(run("sync", "--check").endedWith(65).out()).contains("behind");
    run("sync").succeeded();
    assertThat(text("agent-prompts/context/data_dictionary.md")).contains("| coupon | string |");
    run("sync", "--check").succeeded();

    String flows = "agent-prompts/design/data_flows.md";
    write(flows, text(flows).replace("raw_orders --> core_sale", "raw_orders --> elsewhere"));
    JsonNode synced = run("sync", "--json").endedWith(65).json();
    assertThat(synced.at("/data/documents").findValues("edited").toString()).contains("flow");
    assertThat(text(flows)).contains("elsewhere");
    assertThat(run("lint", "--json").json().findValuesAsText("code")).containsOnly("DOC009");
  }

  /** It was written for the example, and follows its definitions. */
  @Test
  void theExampleHasItsOwnProcessWithNothingWrong() {
    root = Path.of("..", "afp-examples", "flights");

    JsonNode lint = run("lint", "--json").json();
    assertThat(lint.path("diagnostics")).as(lint.toPrettyString()).isEmpty();
    run("sync", "--check").succeeded();
    assertThat(run("phase", "show", "0").succeeded().out()).contains("complete");
    assertThat(run("task", "list").lines())
        .anyMatch(line -> line.startsWith("flights/show_airports_by_day"));
    ProcessModel model = ProcessModel.read(root.toAbsolutePath().normalize());
    StatusFiles.of(model, "flights")
        .forEach((path, text) -> assertThat(text(path)).isEqualTo(text));
  }

  /** DP-1, DP-6 and NA-1 of the standards. */
  @Test
  void validateFindsWhatTheStandardsSayThatItFinds() {
    TestCommand.run("init", "--process", root.toString()).succeeded();
    String place = "shop/tables/raw/orders.yaml";
    String orders = text(place);

    write(place, orders.replace("day:      { type: date,", "day:      {"));
    assertThat(run("validate").endedWith(78).err()).contains("day", "type");

    String upsert = "mode: upsert, as_of: day";
    write(
        place,
        orders
            .replace("key: [order_id]\n", "")
            .replace("mode: replace, interval_column: day", upsert));
    assertThat(run("validate").endedWith(78).err()).contains("it has no key");

    write(place, orders);
    write("shop/tables/raw/Orders.yaml", orders);
    assertThat(run("validate").endedWith(78).err()).contains("Orders");
  }

  /** The first criterion of a task in an example tells whether its work was done. */
  @Test
  void theTasksOfTheExamplesFailBeforeTheWorkAndPassAfterIt() {
    TestCommand.run("init", "--process", root.toString()).succeeded();
    String task = "shop/warn_of_large_sales";
    firstOf(task).endedWith(64);
    String sale = text("shop/tables/core/sale.yaml");
    String check = "{ name: amount_is_usual, between: [0, 500], severity: warn }";
    write("shop/tables/core/sale.yaml", sale + "# A check of `amount`: " + check + "\n");
    firstOf(task).endedWith(64);
    write(
        "shop/tables/core/sale.yaml",
        sale.replace("Price times quantity }", "Price, checks: [ %s ] }".formatted(check)));
    firstOf(task).succeeded();
  }

  @Test
  void theTaskOfTheFlightsFailsBeforeTheWorkAndPassesAfterIt() throws IOException {
    Path flights = Path.of("..", "afp-examples", "flights");
    for (String part : List.of("pipeline.yaml", "tables", "agent-prompts")) {
      copy(flights, part);
    }
    write("afp.yaml", "");
    String task = "flights/show_airports_by_day";
    firstOf(task).endedWith(64);
    write("tables/mart/airport_day.sql", "select origin, count(*) as flights from core.flight\n");
    String table = "columns:\n  origin: { type: string }\n  flights: { type: long }\n";
    write("tables/mart/airport_day.yaml", table);
    firstOf(task).endedWith(64);
    write(
        "tables/mart/airport_day.yaml",
        table
            + """
            checks:
              - name: same_flights_as_carriers
                same_result:
                  query: select sum(flights) from mart.airport_day
                  as: select sum(flights) from mart.carrier_day
            """);
    firstOf(task).succeeded();
  }

  /** Runs what judges the first criterion of a task. */
  private TestCommand firstOf(String task) {
    String command = run("task", "show", task, "--json").data().at("/judged/0/verify").asText();
    assertThat(command).startsWith("afp quality explain ");
    List<String> words = List.of(command.split(" "));
    Path pipeline = root.resolve(words.get(3)).normalize();
    return run("quality", "explain", pipeline.toString(), words.get(4), words.get(5));
  }

  private void copy(Path from, String part) throws IOException {
    try (Stream<Path> files = Files.walk(from.resolve(part))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        write(from.relativize(file).toString(), Files.readString(file));
      }
    }
  }

  @Test
  void successIsMeasuredAndNotClaimed() {
    TestCommand.run("init", "--process", root.toString()).succeeded();

    JsonNode metrics = run("metrics", "--json").data();

    assertThat(metrics).hasSize(9);
    assertThat(metrics.at("/1/name").asText()).isEqualTo("consistency");
    assertThat(metrics.at("/1/value").asDouble()).isEqualTo(100.0);
    assertThat(metrics.at("/0/value").isNull()).as("no task is closed yet").isTrue();
    assertThat(run("metrics").lines()).anyMatch(line -> line.startsWith("reuse "));
  }

  private TestCommand run(String... words) {
    return TestCommand.run(
        Stream.concat(Stream.of(words), Stream.of("--project", root.toString()))
            .toArray(String[]::new));
  }

  private SortedMap<String, String> state() {
    SortedMap<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        state.put(root.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return state;
  }

  private String text(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String text) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
