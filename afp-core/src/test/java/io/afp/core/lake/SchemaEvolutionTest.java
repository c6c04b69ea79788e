package io.afp.core.lake;

import static io.afp.core.lake.Writing.months;
import static io.afp.core.lake.Writing.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class SchemaEvolutionTest {

  private Writing lake;

  @BeforeEach
  void aTableWithOneRow(TestLake given) {
    lake = new Writing(given);
    lake.write(replaced(), months("2013-01"), "2013-01-05 1");
  }

  @Test
  void anAddedColumnIsNullInOldRows() {
    write(columns("day date", "more string", "id int"), "DATE '2013-02-05' day, 2 id, 'x' more");
    assertThat(
            lake.session().sql("SELECT more FROM core.a ORDER BY day").collectAsList().toString())
        .isEqualTo("[[null], [x]]");
    assertThat(lake.read()).contains("2013-01-05 1");
  }

  @Test
  void aTypeIsWidened() {
    write(columns("day date", "id long"), "DATE '2013-02-05' day, 3000000000L id");
    assertThat(lake.read()).containsExactly("2013-01-05 1", "2013-02-05 3000000000");
    assertThat(lake.iceberg().schema().findField("id").type()).isEqualTo(Types.LongType.get());
  }

  @Test
  void aDescriptionIsCarriedAlong() {
    TableDef described =
        TableDef.named("core.a")
            .sql("SELECT 1")
            .column("day", "date")
            .column("id", "int", c -> c.description("Number"))
            .partitionBy("month(day)")
            .replaceIntervals("day")
            .build();
    write(described, "DATE '2013-02-05' day, 2 id");
    assertThat(lake.iceberg().schema().findField("id").doc()).isEqualTo("Number");
  }

  @Test
  void aColumnThatIsNoLongerDeclaredIsRefused() {
    refused(
        () -> write(columns("day date"), "DATE '2013-02-05' day"),
        "column id is in the table but not declared");
  }

  @Test
  void aNarrowerTypeIsRefused() {
    refused(
        () -> write(columns("day date", "id string"), "DATE '2013-02-05' day, 'x' id"),
        "column id can't change its type (from=int, to=string)");
  }

  @Test
  void anotherPartitioningIsRefused() {
    TableDef byDay =
        TableDef.named("core.a")
            .sql("SELECT 1")
            .column("day", "date")
            .column("id", "int")
            .partitionBy("day(day)")
            .replaceIntervals("day")
            .build();
    refused(
        () -> write(byDay, "DATE '2013-02-05' day, 2 id"),
        "its partitioning changed (from=[month(day)], to=[day(day)])");
  }

  @Test
  void aTableThatDeletesMetadataAfterCommitsIsRefused() {
    lake.session()
        .sql(
            "ALTER TABLE core.a SET TBLPROPERTIES ('write.metadata.delete-after-commit.enabled'='true')");
    assertThatThrownBy(() -> lake.write(replaced(), months("2013-02"), "2013-02-05 2"))
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code().code()).isEqualTo("AFP-LAKE-004"));
  }

  @Test
  void aTableThatIcebergMayCollectIsTakenCareOf() {
    lake.session().sql("ALTER TABLE core.a SET TBLPROPERTIES ('gc.enabled'='true')");
    lake.write(replaced(), months("2013-02"), "2013-02-05 2");
    assertThat(lake.iceberg().properties()).containsEntry("gc.enabled", "false");
  }

  @Test
  void requiredColumnsAreNullableInTheLakeBecauseTheGateJudgesThem() {
    assertThat(lake.iceberg().schema().columns()).allMatch(Types.NestedField::isOptional);
  }

  private static TableDef columns(String... columns) {
    TableBuilder table = TableDef.named("core.a").sql("SELECT 1").partitionBy("month(day)");
    for (String column : columns) {
      table.column(column.split(" ")[0], column.split(" ")[1]);
    }
    return table.replaceIntervals("day").build();
  }

  private void write(TableDef table, String row) {
    lake.write(table, months("2013-02"), lake.session().sql("SELECT " + row));
  }

  private void refused(ThrowingCallable write, String reason) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            AfpException.class, e -> assertThat(e.code().code()).isEqualTo("AFP-LAKE-003"))
        .hasMessageContaining(reason);
    assertThat(lake.read()).containsExactly("2013-01-05 1");
  }
}
