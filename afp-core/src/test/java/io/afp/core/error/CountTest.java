package io.afp.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {

  @Test
  void oneOfAThingIsNotSeveral() {
    assertThat(Count.of(0, "row")).isEqualTo("0 rows");
    assertThat(Count.of(1, "row")).isEqualTo("1 row");
    assertThat(Count.of(336_776, "row")).isEqualTo("336,776 rows");
  }
}
