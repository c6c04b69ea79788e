package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

  private static final Map<TableName, Set<TableName>> TABLES =
      Map.of(
          table("raw.a"), Set.of(),
          table("raw.b"), Set.of(table("other.pipeline")),
          table("core.c"), Set.of(table("raw.a"), table("raw.b")),
          table("mart.d"), Set.of(table("core.c")),
          table("mart.e"), Set.of(table("raw.b")));

  private static TableName table(String name) {
    return TableName.parse(name);
  }

  @ParameterizedTest
  @CsvSource({
    "core.c, core.c",
    "core.c+, core.c mart.d",
    "+core.c, core.c raw.a raw.b",
    "+core.c+, core.c mart.d raw.a raw.b",
    "raw.b+, core.c mart.d mart.e raw.b",
    "raw.*, raw.a raw.b",
    "*.d, mart.d",
    "'mart.e, raw.a', mart.e raw.a"
  })
  void aTermSelectsTables(String text, String expected) {
    assertThat(Selection.parse(text).tables(TABLES))
        .isEqualTo(
            Arrays.stream(expected.split(" ")).map(TableName::parse).collect(Collectors.toSet()));
  }

  @Test
  void withoutTermsAllTablesAreSelected() {
    assertThat(Selection.parse(null).tables(TABLES)).isEqualTo(TABLES.keySet());
  }

  @ParameterizedTest
  @CsvSource({"core.x", "core", "+", "''", "core.c++"})
  void aTermThatSelectsNothingIsAnError(String text) {
    assertThatThrownBy(() -> Selection.parse(text).tables(TABLES))
        .isInstanceOf(AfpException.class)
        .hasMessageContaining("Cannot select")
        .hasMessageContaining("core.c, mart.d, mart.e, raw.a, raw.b");
  }
}
