package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvDialectTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "'id,name\n1,a\n2,b\n'                         ! ',' ! true  ! 2",
        "'id;text\n1;a, b, c\n2;d, e\n'                ! ';' ! true  ! 2",
        "'id\tprice\n1\t1,5\n2\t2,5\n'                 ! '\t' ! true  ! 2",
        "'a|b|c\n1|2|3\n'                              ! '|' ! true  ! 3",
        "'id,note\n1,\"x; y; z\"\n2,\"a; b\nc; d\"\n'  ! ',' ! true  ! 2",
        "'1,a\n2,b\n'                                  ! ',' ! false ! 2",
        "'2024-01-31;x\n2024-02-01;y\n'                ! ';' ! false ! 2",
        "'name\nada\nbob, the other\n'                 ! ',' ! true  ! 1",
        "',id,name\n1,2,a\n'                           ! ',' ! true  ! 3",
        "'land,2023,2024\nDE,1,2\nFR,3,4\n'          ! ',' ! true  ! 3",
        "'DE,2023,1\nFR,2024,3\n'                     ! ',' ! false ! 3",
        "'x,x\n1,2\n'                                  ! ',' ! true  ! 2",
        "'Oslo,Oslo\nRome,Oslo\n'                      ! ',' ! false ! 2",
        "'\uFEFFid,name\n1,a\n'                        ! ',' ! true  ! 2",
      })
  void isFoundOutFromTheFirstRecords(String text, String delimiter, boolean header, int fields)
      throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), text);
    assertThat(CsvDialect.of(new Configuration(), file.toUri().toString()))
        .isEqualTo(new CsvDialect(delimiter, header, fields, "UTF-8"));
  }

  @Test
  void ofAnEmptyFileIsNotFoundOut() throws IOException {
    String file = Files.writeString(folder.resolve("a.csv"), "").toUri().toString();
    assertThatThrownBy(() -> CsvDialect.of(new Configuration(), file))
        .hasMessageStartingWith("AFP-ING-003 Cannot read file " + file + ": it is empty");
  }
}
