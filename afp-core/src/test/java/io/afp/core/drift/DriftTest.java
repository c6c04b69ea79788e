package io.afp.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.DriftDef.Policy;
import io.afp.core.definition.Interval;
import io.afp.core.definition.IntervalDef;
import io.afp.core.definition.IntervalUnit;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.Unit;
import io.afp.core.drift.Drift.Settled;
import io.afp.core.drift.SourceColumns.Column;
import io.afp.core.drift.SourceColumns.Naming;
import io.afp.core.drift.SourceColumns.OfUnit;
import io.afp.core.drift.SourceColumns.Part;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.SchemaVersion;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is decided about the columns of a source that has types. */
class DriftTest {

  private final List<SchemaVersion> known = new ArrayList<>();

  @Test
  void aWiderTypeIsHeldToTheDeclaredOneUnlessSomethingElseIsDeclared() {
    Settled settled = settle(table(), "id long", "price decimal(12,2)");
    assertThat(types(settled.table())).containsExactly("id int", "price decimal(10,2)");
    assertThat(texts(settled))
        .containsExactly(
            "the source has 2 columns",
            "column id is long instead of int; the table has int, and other values are rejects",
            "column price is decimal(12,2) instead of decimal(10,2); the table has decimal(10,2), and other values are rejects");
    assertThat(settled.versions().get(0).changes().get(1).policy()).isEqualTo("discard");
  }

  @Test
  void aWiderTypeEvolvesAndIsKeptWhenTheSourceIsNarrowAgain() {
    TableDef evolving = builder().widenedTypes(Policy.EVOLVE).build();
    Settled wide = settle(evolving, "id long", "price decimal(12,2)");
    assertThat(types(wide.table())).containsExactly("id long", "price decimal(12,2)");
    assertThat(texts(wide)).contains("column id is long instead of int; the table has long");

    Settled narrow =
        new Drift(evolving, wide.table(), known).settle(all(part("id int", "price decimal(12,2)")));
    assertThat(types(narrow.table())).containsExactly("id long", "price decimal(12,2)");
  }

  @Test
  void aWiderTypeStopsAFrozenTableAndANarrowerOneDoesNot() {
    TableDef frozen = builder().drift(Policy.FREEZE).build();
    assertThatThrownBy(() -> settle(frozen, "id long", "price decimal(12,2)"))
        .isInstanceOfSatisfying(
            AfpException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(2)
                    .allMatch(p -> p.code() == ErrorCode.SOURCE_CHANGED))
        .hasMessageContaining("column id is wider in the source (source=long, declared=int");
    settle(frozen, "id smallint", "price decimal(10,2)");
    settle(frozen, "id string", "price decimal(12,4)");
  }

  @Test
  void aNewColumnEvolvesWithTheWidestOfItsTypes() {
    TableDef evolving = builder().newColumns(Policy.EVOLVE).build();
    SourceColumns found =
        all(
            part("id int", "price decimal(10,2)", "n int", "m int", "s smallint"),
            part("id int", "price decimal(10,2)", "n long", "m string", "s smallint"));
    Settled settled = new Drift(evolving, evolving, known).settle(found);

    assertThat(types(settled.table())).endsWith("n long", "s int");
    assertThat(settled.notLoaded()).containsExactly("m");
    assertThat(settled.warnings())
        .singleElement()
        .satisfies(
            w ->
                assertThat(w.message())
                    .contains(
                        "Column m of the source of raw.t is not loaded", "type=int or string"));
    assertThat(texts(settle(evolving, "id int", "price decimal(10,2)", "tags array<string>")))
        .contains("column tags is new; it is not declared and not loaded");
  }

  @Test
  void aTypeThatChangesIsAVersionAlsoWhereNothingIsWider() {
    settle(table(), "id int", "price decimal(10,2)", "x int");
    assertThat(texts(settle(table(), "id string", "price decimal(10,2)", "x date")))
        .containsExactly(
            "column id is string instead of int; the table has int, and other values are rejects",
            "column x is date instead of int; it is not loaded");
    assertThat(settle(table(), "id string", "price decimal(10,2)", "x date").versions()).isEmpty();
  }

  @Test
  void anOrderThatChangesIsAVersion() {
    settle(table(), "id int", "price decimal(10,2)");
    Settled turned = settle(table(), "price decimal(10,2)", "id int");
    assertThat(texts(turned))
        .containsExactly(
            "the columns are in another order (price is before id now); they are read by name");
    assertThat(turned.versions().get(0).changes().get(0).policy()).isEqualTo("discard");
    assertThat(texts(settle(table(), "x int", "price decimal(10,2)", "y int", "id int")))
        .as("new columns in front and in the middle change no order")
        .containsExactly(
            "column x is new; it is not declared and not loaded",
            "column y is new; it is not declared and not loaded");
  }

  @Test
  void filesOfOneLoadThatHaveDifferentOrdersAreAVersionUntilTheyAgreeAgain() {
    Part usual = part("id int", "price decimal(10,2)", "x int");
    Part turned = part("id int", "x int", "price decimal(10,2)");
    settleAll(table(), usual);
    assertThat(texts(settleAll(table(), usual, turned)))
        .containsExactly(
            "the files do not have columns x, price in one order; they are read by name");
    assertThat(settleAll(table(), turned, usual).versions()).as("it is known now").isEmpty();
    assertThat(texts(settleAll(table(), usual)))
        .containsExactly(
            "all files have columns x, price in one order again; they are read by name");
    assertThat(texts(settleAll(table(), turned)))
        .singleElement()
        .asString()
        .contains("x is before");
  }

  @Test
  void aFirstLoadSaysThatItsFilesHaveDifferentOrders() {
    Settled first =
        settleAll(
            table(), part("id int", "price decimal(10,2)"), part("price decimal(10,2)", "id int"));
    assertThat(texts(first))
        .contains("the files do not have columns price, id in one order; they are read by name");
  }

  @Test
  void anotherOrderStopsAFrozenTableAndNewColumnsDoNotMakeOne() {
    TableDef frozen = builder().reorderedColumns(Policy.FREEZE).build();
    settle(frozen, "price decimal(10,2)", "id int");
    settle(frozen, "x int", "price decimal(10,2)", "y int", "id int");
    assertThatThrownBy(() -> settle(frozen, "x int", "id int", "y int", "price decimal(10,2)"))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_CHANGED))
        .hasMessageContaining(
            "Cannot load table raw.t: the source has its columns in another order (id is before y now, files=1 of 1, first=file)");

    settle(table(), "id int", "price decimal(10,2)");
    settle(frozen, "id int", "price decimal(10,2)");
  }

  @Test
  void filesOfAFrozenTableHaveOneOrderAlsoWhenNothingIsKnownOfThem() {
    TableDef frozen = builder().reorderedColumns(Policy.FREEZE).build();
    Part usual = part("price decimal(10,2)", "id int");
    Part turned = part("id int", "price decimal(10,2)");
    assertThatThrownBy(() -> settleAll(frozen, usual, turned, usual))
        .hasMessageContaining("(id is before price now, files=1 of 3, first=file)");
    assertThat(settleAll(frozen, usual, usual).versions()).hasSize(1);
  }

  @Test
  void anOrderThatWasOnceAcceptedInSomeFilesIsNotRefusedLater() {
    Part usual = part("price decimal(10,2)", "id int");
    Part turned = part("id int", "price decimal(10,2)");
    settleAll(table(), usual, turned);
    settleAll(builder().reorderedColumns(Policy.FREEZE).build(), usual, turned);
  }

  @Test
  void aBackfillHasAVersionForEachMonthThatDiffersAndALateOneIsHeldAgainstItsOwnTime() {
    String[] two = {"id int", "price decimal(10,2)"};
    String[] three = {"id int", "price decimal(10,2)", "x int"};
    Settled backfill =
        settle(
            new SourceColumns(
                List.of(month("2024-02", two), month("2024-03", two), month("2024-05", three)),
                Naming.BY_SOURCE));
    assertThat(backfill.versions())
        .extracting(SchemaVersion::unit)
        .containsExactly("2024-02", "2024-05");

    assertThat(settle(months("2024-04", two)).versions()).as("as in March").isEmpty();
    assertThat(settle(months("2024-01", two)).versions()).as("as later").isEmpty();
    assertThat(texts(settle(months("2024-04", three)))).hasSize(1);
    assertThat(settle(months("2024-06", three)).versions()).as("as in May").isEmpty();
    assertThat(texts(settle(months("2024-01", three))))
        .as("before all that is known")
        .contains("the source has 3 columns");
  }

  @Test
  void aTableThatIsToBeLoadedKnowsAllColumnsAtOnce() {
    assertThatThrownBy(() -> settle(table(), "x int"))
        .isInstanceOfSatisfying(
            AfpException.class,
            e ->
                assertThat(e.problems())
                    .extracting(
                        p -> p.message().replaceFirst(".*lacks ", "").replaceFirst(";.*", ""))
                    .containsExactly("column id", "column price"));
  }

  @Test
  void columnsAreToldByTheNamesThatTheSourceHasForThem() {
    TableDef evolving =
        readFrom("Order-ID")
            .column("number", "string", c -> c.from("order-id"))
            .drift(Policy.EVOLVE)
            .build();
    Settled settled = settle(evolving, "order-id long", "price decimal(10,2)", "id date");
    assertThat(types(settled.table()))
        .containsExactly("id long", "price decimal(10,2)", "number string");
    assertThat(texts(settled))
        .containsExactly(
            "the source has 3 columns",
            "column order-id is long instead of int; the table has long",
            "column id is new; it is not declared and not loaded");
    assertThat(settled.notLoaded()).containsExactly("id");
    assertThat(settled.warnings().get(0).message())
        .contains("Column id of the source of raw.t is not loaded: no column can have its name");

    TableDef frozen = readFrom("Order-ID").build();
    assertThatThrownBy(() -> settle(frozen, "order-no int", "price decimal(10,2)"))
        .hasMessageContaining(
            "the source lacks column order-id (id is read from it); it had it before (schema version=1)");
    TableDef mended = readFrom("order-no").build();
    assertThat(texts(settle(mended, "order-no int", "price decimal(10,2)")))
        .contains("column order-no is new; it is declared");
  }

  private static TableBuilder readFrom(String field) {
    return TableDef.named("raw.t")
        .fromCsv("*.csv")
        .column("id", "int", c -> c.from(field))
        .column("price", "decimal(10,2)");
  }

  private static TableBuilder builder() {
    return readFrom("id");
  }

  private static TableDef table() {
    return builder().build();
  }

  private Settled settle(TableDef table, String... columns) {
    return remembered(new Drift(table, table, known).settle(all(part(columns))));
  }

  private Settled settleAll(TableDef table, Part... parts) {
    return remembered(new Drift(table, table, known).settle(all(parts)));
  }

  private Settled settle(SourceColumns found) {
    return remembered(new Drift(table(), table(), known).settle(found));
  }

  /** As a publish does. */
  private Settled remembered(Settled settled) {
    for (SchemaVersion v : settled.versions()) {
      known.add(new SchemaVersion(known.size() + 1, v.unit(), v.start(), v.columns(), v.changes()));
    }
    return settled;
  }

  private static SourceColumns all(Part... parts) {
    return new SourceColumns(List.of(new OfUnit(Unit.all(), List.of(parts))), Naming.BY_SOURCE);
  }

  private static SourceColumns months(String month, String... columns) {
    return new SourceColumns(List.of(month(month, columns)), Naming.BY_SOURCE);
  }

  private static OfUnit month(String month, String... columns) {
    IntervalDef calendar = new IntervalDef(IntervalUnit.MONTH, ZoneOffset.UTC);
    return new OfUnit(Unit.of(Interval.parse(month, calendar)), List.of(part(columns)));
  }

  private static Part part(String... columns) {
    return new Part(
        List.of("file"),
        Stream.of(columns).map(c -> c.split(" ")).map(c -> new Column(c[0], c[1])).toList());
  }

  private static List<String> types(TableDef table) {
    return table.columns().stream().map(c -> c.name() + " " + c.type()).toList();
  }

  private static List<String> texts(Settled settled) {
    return settled.versions().stream()
        .flatMap(version -> version.changes().stream())
        .map(SchemaVersion.Change::text)
        .toList();
  }
}
