package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.afp.core.definition.TableDdl;
import io.afp.core.definition.TableDef;
import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The DDL of a definition makes the table that a run makes. */
@ExtendWith(LakeExtension.class)
class TableDdlTest {

  @Test
  void sparkMakesTheTableOfARunFromIt(TestLake lake) {
    TableDef table = everything("ddl.by_run");
    SparkSession session = lake.on(lake.newBranch());
    LakeTables tables = new LakeTables(session);
    Table made = tables.ensure(table).table();
    session.sql(TableDdl.of(everything("ddl.by_hand")));
    Table byHand = tables.find(everything("ddl.by_hand").name()).orElseThrow();

    assertThat(byHand.schema().asStruct()).isEqualTo(made.schema().asStruct());
    assertThat(made.spec().fields()).hasSize(5);
    assertThat(byHand.spec().fields())
        .extracting(PartitionField::sourceId, f -> f.transform().toString())
        .isEqualTo(
            made.spec().fields().stream()
                .map(f -> tuple(f.sourceId(), f.transform() + ""))
                .toList());
  }

  private static TableDef everything(String name) {
    return TableDef.named(name)
        .inJava()
        .column("id", "long", c -> c.required().description("It's \"one\" of C:\\orders"))
        .column("order", "int")
        .column("day", "date")
        .column("at", "timestamp")
        .column("local", "timestamp_ntz")
        .column("price", "decimal(12,2)")
        .column("share", "double")
        .column("part", "float")
        .column("good", "boolean")
        .column("raw", "binary")
        .column("city", "string")
        .partitionBy("month(day)", "hour(at)", "bucket(4, id)", "truncate(3, city)", "good")
        .build();
  }
}
