package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessEndTest {

  @AfterEach
  void forget() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.submit.deployMode");
  }

  /** A process that ended here would be seen as a crash of the tests. */
  @Test
  void theMasterOfYarnEndsADriverThatHasSucceeded() {
    System.setProperty("spark.master", "yarn");
    System.setProperty("spark.submit.deployMode", "cluster");

    assertThatCode(() -> ProcessEnd.with(0)).doesNotThrowAnyException();
  }
}
