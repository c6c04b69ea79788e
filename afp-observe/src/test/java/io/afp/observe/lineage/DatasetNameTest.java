package io.afp.observe.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetNameTest {

  @ParameterizedTest
  @CsvSource({
    "s3a://lake/raw/flights-1, s3://lake, raw/flights-1",
    "s3://lake/raw/flights-1, s3://lake, raw/flights-1",
    "hdfs://nn:8020/lake/raw, hdfs://nn:8020, /lake/raw",
    "file:/my lake/raw, file, /my lake/raw",
    "file:///lake/raw, file, /lake/raw"
  })
  void filesAreNamedByTheirPlace(String location, String namespace, String name) {
    assertThat(DatasetName.of(location)).isEqualTo(new DatasetName(namespace, name));
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/shop, postgres://db:5432, shop.public.orders",
    "jdbc:mysql://db/shop, mysql://db:3306, shop.orders"
  })
  void tablesOfDatabasesAreNamedWithTheSchemaThatTheyAreIn(
      String jdbc, String namespace, String name) {
    assertThat(DatasetName.of(jdbc, List.of("orders"))).isEqualTo(new DatasetName(namespace, name));
  }

  @Test
  void noTableOfTheCatalogIsCalledAsATableOfItsDatabase() {
    assertThat(DatasetName.ofCatalog("jdbc:postgresql://db:5433/afp"))
        .isEqualTo("iceberg://db:5433/afp");
  }
}
