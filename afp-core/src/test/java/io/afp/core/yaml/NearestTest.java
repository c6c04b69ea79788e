package io.afp.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> KNOWN =
      List.of("description", "from", "columns", "key", "partition_by", "write", "checks");

  @ParameterizedTest
  @CsvSource({
    "colums,columns",
    "Columns,columns",
    "form,from",
    "descripton,description",
    "partitionby,partition_by",
    "keys,key",
    "wirte,write"
  })
  void findsTheWordThatWasMeant(String typed, String meant) {
    assertThat(Nearest.to(typed, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"materialized", "xx", "''"})
  void findsNothingForAnotherWord(String typed) {
    assertThat(Nearest.to(typed, KNOWN)).isEmpty();
  }

  @Test
  void asksForTheNearestWordOrSaysSomethingElse() {
    assertThat(Nearest.fix("colums", KNOWN, "Other.")).isEqualTo("Did you mean 'columns'?");
    assertThat(Nearest.fix("other", List.of(), "Other.")).isEqualTo("Other.");
  }
}
