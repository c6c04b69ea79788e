package io.afp.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a new user does with an installation, in an empty folder. */
final class FirstDay {

  /** For drivers that live for some seconds: half of their time goes into the better compiler. */
  private static final Map<String, String> QUICK =
      Installation.with("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  private static final String ALL = "48";
  private static final String OF_THE_WEB = "31";
  private static final String ORDERS = "shop/tables/raw/orders.yaml";

  private final Installation installation;
  private final Path folder;
  private final Path project;

  FirstDay(Installation installation, Path folder, String name) {
    this.installation = installation;
    this.folder = folder;
    this.project = folder.resolve(name);
  }

  /** Types what the page says, but for the name of the project. */
  void begins() throws IOException {
    List<String> typed = InstallPage.read().beginning();
    assertThat(typed).hasSize(3).element(1).isEqualTo("cd my-project");
    assertThat(afp(folder, words(typed.get(0))).said()).contains("afp run shop");
    assertThat(says("validate")).contains("4 tables: no error");
    assertThat(says("db", "start")).contains("jdbc:postgresql://");
    assertThat(says(words(typed.get(2)))).contains("succeeded, release 1");
    assertThat(orders()).isEqualTo(ALL);
    assertThat(says("doctor"))
        .containsPattern("ok +driver +afp-pipeline-\\S+-spark.jar, and \\d\\d\\d jars of Spark");
  }

  /** After {@code afp}. */
  private String[] words(String line) {
    return Stream.of(line.split(" "))
        .skip(1)
        .map(word -> word.equals("my-project") ? project.getFileName().toString() : word)
        .toArray(String[]::new);
  }

  /** Both commands say where it is, and what to write instead. */
  void editsWrongly() throws IOException {
    edit(ORDERS, "quantity: { type:", "quantity: { typ:");
    for (String[] call : List.of(words("afp validate"), words("afp run shop --interval 2024-01"))) {
      assertThat(afp(project, call).endedWith(78).err())
          .contains("AFP-DEF-002", "    at   " + ORDERS + ":7 (columns.quantity.typ)")
          .contains("    fix  Did you mean 'type'?");
    }
    edit(ORDERS, "quantity: { typ:", "quantity: { type:");
  }

  void editsRightly() throws IOException {
    edit("shop/tables/core/sale.sql", "where ", "where orders.channel = 'web' and ");
    assertThat(says("run", "shop", "--interval", "2024-01..2024-02")).contains("release 2");
    assertThat(orders()).isEqualTo(OF_THE_WEB);
  }

  /** Nobody sees what breaks it, and the rows are named. */
  void breaksACheck() throws IOException {
    edit(ORDERS, "[1, 100]", "[1, 4]");
    Installation.Ended run = afp(project, words("afp run shop --interval 2024-01 --restate"));
    assertThat(run.endedWith(65).err())
        .contains(
            "AFP-QUA-001", "raw.orders.quantity.between", "    fix  Look at the rows: afp sql");
    assertThat(run.out()).contains("order_id=1019, quantity=6", "nothing was published");
    assertThat(orders()).isEqualTo(OF_THE_WEB);
  }

  void goesBack() {
    assertThat(says("rollback", "--to", "1")).contains("served again: mart.sales_day");
    assertThat(orders()).isEqualTo(ALL);
  }

  void ends() {
    says("db", "stop");
  }

  String says(String... call) {
    return afp(Files.exists(project) ? project : folder, call).said();
  }

  private Installation.Ended afp(Path in, String... call) {
    return installation.afp(in, QUICK, call);
  }

  private String orders() {
    return says("sql", "SELECT sum(orders) AS n FROM mart.sales_day").replaceAll("\\s|n", "");
  }

  private void edit(String file, String before, String after) throws IOException {
    String text = Files.readString(project.resolve(file));
    assertThat(text).contains(before);
    Files.writeString(project.resolve(file), text.replace(before, after));
  }
}
