package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType;
import io.afp.core.definition.DriftDef.Policy;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Columns that a source brought into a table. */
@ExtendWith(LakeExtension.class)
class EvolvedColumnsTest {

  private static final ColumnType LONG = ColumnType.parse("long").orElseThrow();
  private static final TableDef DECLARED = builder().drift(Policy.EVOLVE).build();

  private SparkSession session;
  private LakeTables tables;

  @BeforeEach
  void open(TestLake lake) {
    session = lake.on(lake.newBranch());
    tables = new LakeTables(session);
  }

  @Test
  void aWidenedColumnHoldsWiderValuesAndStaysWide() {
    tables.evolve(DECLARED, widened());
    write(DECLARED, "select 3000000000L id");
    assertThat(tables.evolved(DECLARED).column("id").orElseThrow().type()).isEqualTo(LONG);
    write(DECLARED, "select 1 id");
    assertThat(session.table("raw.t").schema().simpleString()).isEqualTo("struct<id:bigint>");
    assertThat(property()).isEqualTo("id");
  }

  @Test
  void columnsThatTheRowsLackAreNull() {
    tables.evolve(DECLARED, with("x", "y"));
    write(DECLARED, "select 1 id, 'b' y");
    assertThat(session.sql("select id, x, y from raw.t").collectAsList())
        .singleElement()
        .hasToString("[1,null,b]");
  }

  @Test
  void aNarrowerDeclarationIsRefusedWhenWideningIsOver() {
    tables.evolve(DECLARED, widened());
    assertThatThrownBy(() -> tables.ensure(builder().build()))
        .hasMessageContaining("column id can't change its type (from=long, to=int)");
  }

  @Test
  void aDeclaredColumnIsNoLongerOneOfTheSource() {
    tables.evolve(DECLARED, with("x", "y"));
    TableDef declared =
        builder().column("x", "string").column("y", "string").drift(Policy.EVOLVE).build();
    tables.evolve(declared, tables.evolved(declared));
    assertThat(property()).isNull();
    assertThatThrownBy(() -> tables.ensure(DECLARED))
        .hasMessageContaining("column x is in the table but not declared");
  }

  @Test
  void aTableThatIsBuiltAnewForgetsThem() {
    tables.evolve(DECLARED, with("x"));
    new TableWriter(session, Map.of(), List.of()).renew(DECLARED);
    assertThat(tables.evolved(DECLARED)).isEqualTo(DECLARED);
    write(DECLARED, "select 1 id");
    assertThat(session.table("raw.t").columns()).containsExactly("id");
  }

  private static TableBuilder builder() {
    return TableDef.named("raw.t").fromCsv("*.csv").column("id", "int");
  }

  private static TableDef widened() {
    return DECLARED.withColumns(List.of(DECLARED.columns().get(0).withType(LONG)));
  }

  private static TableDef with(String... names) {
    List<ColumnDef> columns = new ArrayList<>(DECLARED.columns());
    for (String name : names) {
      columns.add(ColumnDef.plain(name, ColumnType.parse("string").orElseThrow()));
    }
    return DECLARED.withColumns(columns);
  }

  private void write(TableDef table, String query) {
    new TableWriter(session, Map.of(), List.of())
        .write(table, session.sql(query), Optional.empty());
  }

  private String property() {
    Table table = tables.find(DECLARED.name()).orElseThrow();
    return table.properties().get(EvolvedColumns.PROPERTY);
  }
}
