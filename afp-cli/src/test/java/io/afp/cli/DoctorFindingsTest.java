package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor thinks of machines that this one is not. */
class DoctorFindingsTest {

  @ParameterizedTest
  @CsvSource({"17, ok", "21, warning", "11, warning"})
  void onlyTheJavaThatWasTriedIsWell(int version, String state) {
    assertThat(MachineFindings.java(version).state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"5000, ok", "2048, ok", "2047, warning", "200, warning", "199, wrong", "0, wrong"})
  void aDiskThatIsNearlyFullIsADangerAndOneThatIsFullIsAnEnd(long mib, String state) {
    assertThat(MachineFindings.room("disk", Path.of("/lake"), mib).state()).isEqualTo(state);
  }

  @Test
  void aFullDiskIsNamedWithWhatIsLeft() {
    Finding full = MachineFindings.room("warehouse", Path.of("/lake"), 7);

    assertThat(full.detail()).contains("7 MiB free", "folder=/lake");
    assertThat(full.fix()).isEqualTo("Make room.");
  }

  @ParameterizedTest
  @CsvSource({"140012, 14.12, wrong", "150000, 15.0, ok", "180001, 18.1, ok"})
  void aPostgresThatIsTooOldIsRefused(int number, String name, String state) {
    Finding finding = PostgresFindings.version("postgres", number, name);

    assertThat(finding.state()).isEqualTo(state);
    assertThat(finding.detail()).contains(name);
  }
}
