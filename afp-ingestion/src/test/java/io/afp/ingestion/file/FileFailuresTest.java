package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.EOFException;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFailuresTest {

  private static final TableName TABLE = TableName.parse("raw.t");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Encountered error while reading file file:/data/my%20f%C3%BC.csv.gz. Details:",
        "[FAILED_READ_FILE] Encountered error while reading file file:/data/my%20f%C3%BC.csv.gz.",
        "Job aborted.\nError while reading file file:/data/my%20f%C3%BC.csv.gz.\n",
      })
  void aFileThatSparkCouldNotReadIsNamedAsItIs(String message) {
    Exception cut = new EOFException("Unexpected end of input stream");
    Exception wrapped = new SparkException("Writing job aborted", new SparkException(message, cut));
    AfpException failure = FileFailures.translate(TABLE, wrapped, Optional::empty);

    assertThat(failure.code()).isEqualTo(ErrorCode.INPUT_UNREADABLE);
    assertThat(failure.problems().get(0).message())
        .isEqualTo(
            "Cannot read file file:/data/my fü.csv.gz: it is broken"
                + " (java.io.EOFException: Unexpected end of input stream)");
  }

  @Test
  void otherFailuresAreNoFaultOfAFile() {
    AfpException failure =
        FileFailures.translate(
            TABLE, new IllegalStateException("no space for the file x"), Optional::empty);
    assertThat(failure.code()).isNotEqualTo(ErrorCode.INPUT_UNREADABLE);
    assertThat(failure.getMessage()).contains("raw.t", "no space for the file x");
  }

  @Test
  void aFailureThatIsKnownAlreadyStaysWhatItIs() {
    AfpException known = new AfpException(ErrorCode.LEASE_LOST, "Cannot go on", "Run again.");
    assertThat(FileFailures.translate(TABLE, new RuntimeException(known), Optional::empty))
        .isSameAs(known);
  }

  @Test
  void aFailureWithoutAMessageIsOneToo() {
    assertThat(
            FileFailures.translate(TABLE, new NullPointerException(), Optional::empty).getMessage())
        .contains("raw.t");
  }
}
