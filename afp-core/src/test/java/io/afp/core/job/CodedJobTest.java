package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodedJobTest {

  @Test
  void aProgramCanNotBuildTablesAnewBecauseNobodyKnowsWhichIntervalsItWrites() {
    List<JobRun> runs = new ArrayList<>();
    assertThat(Job.named("p").run(new String[] {"--full-refresh"}, runs::add)).isEqualTo(64);
    assertThat(runs).isEmpty();
  }
}
