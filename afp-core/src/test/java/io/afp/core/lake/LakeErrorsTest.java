package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeErrorsTest extends OneTableOnMain {

  @Test
  void whatAUserReadsNamesTheCatalogAndNotTheBranchOfTheRun() throws Exception {
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    Table table = Spark3Util.loadIcebergTable(session, "lake.core.a");
    session.sql("DROP TABLE core.a");

    Throwable failure = catchThrowable(table::refresh);

    assertThat(failure).hasMessageContaining("from catalog lake@" + branch);
    assertThat(LakeErrors.translate("read table core.a", failure))
        .hasMessageContaining("Cannot read table core.a: ")
        .hasMessageContaining("from catalog lake:")
        .hasCause(failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lake", "datalake", "my-lake", "my.lake"})
  void theContainerOfAStoreIsNoBranch(String container) {
    IOException failure = new IOException("no space: abfss://%s@account/a".formatted(container));

    assertThat(LakeErrors.translate("write table core.a", failure))
        .hasMessageContaining(failure.getMessage());
  }
}
