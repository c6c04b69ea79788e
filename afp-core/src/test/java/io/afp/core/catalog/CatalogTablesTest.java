package io.afp.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each branch is as many rows as main has tables, and they go with it: 10,000 tables are a lot. */
@ExtendWith(LakeExtension.class)
class CatalogTablesTest {

  @Test
  void rowsThatAreGoneAreSoonCleanedUp(TestLake lake) {
    assertThat(
            texts(lake, "SELECT unnest(reloptions) FROM pg_class WHERE relname = 'iceberg_tables'"))
        .containsExactlyInAnyOrder(
            "autovacuum_vacuum_scale_factor=0.02", "autovacuum_analyze_scale_factor=0.05");
  }

  @Test
  void aTableIsFoundInAllBranchesByAnIndex(TestLake lake) {
    assertThat(texts(lake, "SELECT indexdef FROM pg_indexes WHERE tablename = 'iceberg_tables'"))
        .anyMatch(index -> index.endsWith("(table_namespace, table_name)"));
  }

  private static List<String> texts(TestLake lake, String sql) {
    return lake.database()
        .inTransaction(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
