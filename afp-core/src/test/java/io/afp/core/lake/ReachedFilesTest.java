package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachedFilesTest {

  @ParameterizedTest
  @CsvSource({
    "file:/lake/a, file:///lake/a",
    "file:/lake/a, file:/lake/a",
    "s3://lake/a, s3a://lake/a",
    "s3://lake/a, s3n://lake/a",
    "s3://lake/a, s3://lake/a"
  })
  void oneFileHasOneSpelling(String normal, String address) {
    assertThat(ReachedFiles.normal(address)).isEqualTo(normal);
  }

  @ParameterizedTest
  @CsvSource({"hdfs://name/lake/a", "gs://lake/s3a://x", "abfss://lake@account/a"})
  void otherAddressesStayAsTheyAre(String address) {
    assertThat(ReachedFiles.normal(address)).isEqualTo(address);
  }
}
