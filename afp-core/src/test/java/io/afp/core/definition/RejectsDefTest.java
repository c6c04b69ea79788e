package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectsDefTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "0.01, , 1, 100, true",
    "0.01, , 2, 100, false",
    "1, 3, 3, 3, true",
    "1, 3, 4, 1000, false",
    "0.5, 3, 2, 4, true",
    "0.5, 3, 2, 3, false",
    "0, , 0, 0, true",
    "1, 0, 1, 1, false"
  })
  void bothLimitsHold(BigDecimal atMost, Long max, long rejected, long rows, boolean allowed) {
    OptionalLong most = max == null ? OptionalLong.empty() : OptionalLong.of(max);
    assertThat(new RejectsDef(atMost, most).allows(rejected, rows)).isEqualTo(allowed);
  }

  @Test
  void whereOnlyTheNumberIsLimitedTheShareIsNot() {
    assertThat(declared("{ max: 5 }").allows(5, 5)).isTrue();
    assertThat(declared("{ max: 5 }").allows(6, 1000)).isFalse();
    assertThat(declared("{ at_most: 50% }").allows(500, 1000)).isTrue();
    assertThat(declared("{}").allows(1, 1000)).isFalse();
  }

  private RejectsDef declared(String limits) {
    ProjectFolder project = new ProjectFolder(folder);
    project.pipeline("pipeline: p");
    project.table(
        "raw.a",
        "from: { files: a.csv, format: csv }\ncolumns: { id: { type: int } }\nrejects: " + limits);
    return project.read().tables().get(0).rejects();
  }
}
