package io.afp.agentic.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.TableDef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model of data that documents show. */
class DraftModelTest {

  private static final TableDef STORE =
      TableDef.named("raw.store").inJava().column("id", "int").key("id").build();
  private static final TableDef SALE =
      TableDef.named("core.sale")
          .inJava()
          .column("id", "long")
          .column("price", "decimal(12,2)", c -> c.description("In euro"))
          .column("store", "int", c -> c.check(CheckBuilder.references("raw.store.id")))
          .column("day", "date")
          .key("id")
          .partitionBy("month(day)")
          .build();

  @Test
  void tablesReferToEachOtherByTheirChecks() {
    assertThat(new DraftModel(List.of(STORE, SALE)).diagram())
        .isEqualTo(
            """
            ```mermaid
            erDiagram
              raw_store {
                int id PK
              }
              core_sale {
                long id PK
                decimal price
                int store FK
                date day
              }
              raw_store ||--o{ core_sale : "store"
            ```""");
  }

  @Test
  void eachTableHasItsStatement() {
    assertThat(new DraftModel(List.of(STORE, SALE)).ddl())
        .isEqualTo(
            """
            ```sql
            CREATE TABLE `raw`.`store` (
              `id` int
            ) USING iceberg;

            CREATE TABLE `core`.`sale` (
              `id` bigint,
              `price` decimal(12,2) COMMENT 'In euro',
              `store` int,
              `day` date
            ) USING iceberg
            PARTITIONED BY (months(`day`));
            ```""");
  }

  @Test
  void withoutTablesNothingIsDrawn() {
    assertThat(new DraftModel(List.of()).diagram()).isEqualTo("None was found yet.");
    assertThat(new DraftModel(List.of()).ddl()).isEqualTo("None was found yet.");
  }
}
