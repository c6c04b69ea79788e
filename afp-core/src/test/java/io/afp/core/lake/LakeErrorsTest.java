package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
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

  @Test
  void anExecutorWithAnOlderJavaIsNamed() {
    Exception failure =
        new IllegalStateException(
            "Job aborted due to stage failure: Lost task 0.3 in stage 1.0 (TID 7) (127.0.0.1 executor 0):"
                + " java.lang.UnsupportedClassVersionError: io/afp/A has been compiled by a more recent"
                + " version of the Java Runtime (class file version 61.0), this version of the Java"
                + " Runtime only recognizes class file versions up to 55.0\n\tat a.B.c(D.java:1)");

    AfpException told = LakeErrors.translate("write table core.a", failure);

    assertThat(told.code()).isEqualTo(ErrorCode.OTHER_RUNTIME);
    assertThat(told.reason())
        .isEqualTo(
            "Cannot write table core.a: an executor runs on a Java that is too old (needed=17, found=11)");
  }
}
