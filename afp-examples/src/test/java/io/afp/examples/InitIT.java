package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code afp init} writes runs, and does what its README says. */
class InitIT {

  private Path project;

  @BeforeEach
  void aNewProject(@TempDir Path folder) throws IOException {
    project = folder.resolve("Mein Lädchen");
    Command.afp(folder, "init", "Mein Lädchen", "--name", "kiosk").ended().succeeded();
    Files.writeString(
        project.resolve("afp.yaml"),
        "spark: { driver.extraJavaOptions: \"%s\" }%n".formatted(Reactor.quickDriver()),
        StandardOpenOption.APPEND);
    afp("db", "start").succeeded();
  }

  @AfterEach
  void stopPostgres() {
    afp("db", "stop").succeeded();
  }

  @Test
  void theCommandsOfItsReadmeDoWhatItSays() throws IOException {
    assertThat(afp("validate").succeeded().err()).isEmpty();
    assertThat(afp("run", "kiosk", "--interval", "2024-01..2024-02").succeeded().out())
        .contains("0 warned, 0 failed", "release 1");
    assertThat(afp("run", "kiosk", "--interval", "2024-01..2024-02").succeeded().out())
        .contains("Nothing to do");
    assertThat(afp("sql", "--json", "select * from mart.sales_day order by day, category").rows())
        .hasSize(42)
        .startsWith("2024-01-03\tpaper\t1\t1\t3.9", "2024-01-03\tpens\t2\t6\t10.8");

    Path orders = project.resolve("kiosk/tables/raw/orders.yaml");
    Files.writeString(orders, Files.readString(orders).replace("[1, 100]", "[1, 4]"));
    Command.Ended tooMany = afp("run", "kiosk", "--interval", "2024-01", "--restate", "--json");
    assertThat(tooMany.endedWith(65).codes()).containsExactly("AFP-QUA-001");
    assertThat(tooMany.out()).contains("raw.orders.quantity.between");
  }

  private Command.Ended afp(String... arguments) {
    return Command.afp(project, arguments).ended();
  }
}
