package io.afp.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Files that people write, with changes in random places. */
class SchemaPropertyTest {

  /** Every key and every kind of value of a table that the examples may lack. */
  private static final Example EVERYTHING =
      new Example(
          YamlFile.TABLE,
          "everything",
          """
          description: All of it
          from: { files: "x.csv", format: csv, header: true, delimiter: ";", null_values: [NA, ~, 5] }
          columns:
            id:   { type: long, required: true, pii: false, description: 5, checks: [ { required: true, at_least: 99% } ] }
            day:  { type: date, expr: "to_date(x)", checks: [ { fresh: P3D, name: fresh_day, severity: warn } ] }
            cost:
              type: "decimal(10, 2)"
              checks: [ { between: [0, null], where: "id > 1" }, { in: [1, 2.5, true] }, { references: a.b.cost } ]
            code: { type: string, checks: [ { matches: "[A-Z]+" }, { length: [null, 3] } ] }
          key: [id]
          partition_by: [id, month(day), "bucket(16, id)"]
          write: { mode: append, interval_column: day, on_rerun: replace }
          drift: { new_columns: evolve, missing_columns: discard, widened_types: freeze }
          rejects: { at_most: 0.5 % }
          checks: [ { rows: { min: 1, max: "5" } }, { key: [code] }, { sql: "id > 0" }, { fresh: P1DT6H } ]
          serve: { postgres: mart.t, mode: upsert, indexes: [[day], [id, code]], grants: [reader] }
          """);

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "5",
          "-1",
          "1.5",
          "1e3",
          "\"\"",
          "\"x\"",
          "\"5\"",
          "\"true\"",
          "\"True\"",
          "\"a.b\"",
          "\"a.b.c\"",
          "\"50%\"",
          "\"100 %\"",
          "\"P3D\"",
          "\"PT5M\"",
          "\"~\"",
          "\"swap\"",
          "\"append\"",
          "\"csv\"",
          "\"month\"",
          "\"warn\"",
          "\"int\"",
          "\"day(x)\"",
          "\"0 3 2 * *\"",
          "\"Europe/Berlin\"",
          "\"two\\nlines\"",
          "[]",
          "[1]",
          "[\"a\", null]",
          "[[\"a\"]]",
          "{}",
          "{\"x\": 1}",
          "{\"type\": \"int\"}",
          "{\"min\": 1}",
          "{\"sql\": \"a\"}");
  private static final List<String> KEYS =
      List.of(
          "x",
          "typ",
          "Type",
          "type",
          "name",
          "required",
          "in",
          "rows",
          "sql",
          "where",
          "mode",
          "uri",
          "key",
          "serve",
          "unit",
          "zone",
          "min",
          "at_least",
          "5",
          "spark",
          "");

  /** What the schema has to refuse too: all that does not need a parser. */
  private static final Set<ErrorCode> STRUCTURE =
      Set.of(ErrorCode.UNKNOWN_KEY, ErrorCode.MISSING_KEY, ErrorCode.CONTRADICTION);

  private static final List<Example> EXAMPLES = examples();

  private static List<Example> examples() {
    try {
      List<Example> examples = new ArrayList<>(Example.all());
      examples.add(EVERYTHING);
      return examples;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Property(tries = 3000)
  void isRefusedBySchemaAndReaderAlike(
      @ForAll("files") Example example, @ForAll("changes") List<Change> changes) {
    JsonNode tree = Verdict.tree(example.text());
    changes.forEach(change -> change.apply(tree));
    Verdict verdict = Verdict.on(example.file(), tree.toString());
    if (verdict.ofReader().isEmpty()) {
      assertThat(verdict.ofSchema()).as("The reader accepts %s", tree).isEmpty();
    } else if (verdict.ofReader().stream().anyMatch(SchemaPropertyTest::isStructure)) {
      assertThat(verdict.ofSchema()).as("%s in %s", verdict.ofReader(), tree).isNotEmpty();
    }
  }

  private static boolean isStructure(Problem problem) {
    return STRUCTURE.contains(problem.code())
        || problem.message().matches("(?s).*: it is a (list|mapping|single value)");
  }

  /** A value that is put under a key, over another one or into a list, or taken away. */
  record Change(int place, int entry, String key, String value) {

    void apply(JsonNode tree) {
      List<ContainerNode<?>> containers = new ArrayList<>();
      collect(tree, containers);
      ContainerNode<?> container = containers.get(place % containers.size());
      if (container instanceof ObjectNode mapping) {
        apply(mapping);
      } else if (container instanceof ArrayNode list) {
        apply(list);
      }
    }

    private JsonNode node() {
      return Verdict.tree("[" + value + "]").get(0);
    }

    private void apply(ObjectNode mapping) {
      List<String> names = new ArrayList<>();
      mapping.fieldNames().forEachRemaining(names::add);
      String old = names.isEmpty() ? key : names.get(entry % names.size());
      switch (entry % 4) {
        case 0 -> mapping.remove(old);
        case 1 -> mapping.set(key, node());
        case 2 -> mapping.set(key, mapping.path(old).deepCopy());
        default -> mapping.set(old, node());
      }
    }

    private void apply(ArrayNode list) {
      if (entry % 3 == 0 && !list.isEmpty()) {
        list.remove(entry % list.size());
      } else {
        list.insert(entry % (list.size() + 1), node());
      }
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> containers) {
      if (node instanceof ContainerNode<?> container) {
        containers.add(container);
        container.forEach(child -> collect(child, containers));
      }
    }
  }

  @Provide
  Arbitrary<Example> files() {
    return Arbitraries.of(EXAMPLES);
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 999);
    return Combinators.combine(number, number, Arbitraries.of(KEYS), Arbitraries.of(VALUES))
        .as(Change::new)
        .list()
        .ofMaxSize(3);
  }
}
