package io.afp.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.job.DriverTask;
import io.afp.core.ledger.Database;
import io.afp.core.testing.Reported;
import io.afp.core.testing.Sql;
import io.afp.core.testing.TestPostgres;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The job that judges what its arguments name. */
class CheckJobTest {

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("afp.yaml"), "");
    checks(
        """
        table: shop.orders
        columns:
          id: { required: true, checks: [ { references: shop.others.id, at_least: 50% } ] }
          mail: { pii: true, checks: [ { length: [1, 3] } ] }
        key: [id]
        checks: [ { rows: { min: 1 } }, { query: SELECT 1 FROM shop.others HAVING count(*) > 2 } ]
        """);
  }

  private void checks(String text) throws IOException {
    Files.writeString(folder.resolve("orders.checks.yaml"), text);
  }

  private Reported run(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--checks", folder.resolve("orders.checks.yaml").toString()));
    all.addAll(List.of(arguments));
    return Reported.of(args -> DriverTask.run(new CheckTask(), args), folder, all);
  }

  private static List<String> statuses(JsonNode report) {
    return StreamSupport.stream(report.at("/data/checks").spliterator(), false)
        .map(check -> check.path("check").asText() + " " + check.path("status").asText())
        .toList();
  }

  @Test
  void aTableOfAnyCatalogIsAGate() throws IOException {
    Files.writeString(
        folder.resolve("afp.yaml"),
        """
        spark:
          sql.catalog.elsewhere: org.apache.iceberg.spark.SparkCatalog
          sql.catalog.elsewhere.type: hadoop
          sql.catalog.elsewhere.warehouse: %s
        """
            .formatted(folder.resolve("lake")));
    assertThat(run("--spark-table", "elsewhere.shop.orders").exitCode())
        .as("it is not there")
        .isEqualTo(66);
    TestSpark.session()
        .sql("create table elsewhere.shop.orders as select id, 'a@b.org' mail from range(4)");
    TestSpark.session().sql("create table elsewhere.shop.others as select id from range(2)");
    Reported judged = run("--spark-table", "elsewhere.shop.orders");

    assertThat(judged.exitCode()).isEqualTo(65);
    assertThat(statuses(judged.json()))
        .containsExactly(
            "shop.orders.id.required passed",
            "shop.orders.id.references passed",
            "shop.orders.mail.length failed",
            "shop.orders.key passed",
            "shop.orders.rows passed",
            "shop.orders.query passed");
    assertThat(judged.json().at("/diagnostics/0/code").asText()).isEqualTo("AFP-QUA-001");
    assertThat(judged.json().at("/data/text").asText())
        .contains("6 checks: 5 passed, 1 failed", "id=0, mail=******")
        .doesNotContain("a@b.org");

    TestSpark.session().sql("insert into elsewhere.shop.orders values (null, 'b')");
    String first =
        TestSpark.session()
            .sql("select min_by(snapshot_id, committed_at) from elsewhere.shop.orders.snapshots")
            .head()
            .get(0)
            .toString();
    assertThat(statuses(run("--spark-table", "elsewhere.shop.orders").json()))
        .contains("shop.orders.id.required failed");
    assertThat(
            run("--spark-table", "elsewhere.shop.orders", "--option", "snapshot-id=" + first)
                .text())
        .contains("5 passed, 1 failed");

    Reported planned = run("--spark-table", "elsewhere.shop.orders", "--dry-run");
    assertThat(planned.exitCode()).isZero();
    assertThat(planned.json().at("/data/text").asText())
        .contains("answered by", "metadata", "shuffle", "join");
  }

  @Test
  void filesOfEveryFormatOfSparkAreJudged() throws IOException {
    checks("{ table: shop.orders, columns: { id: { required: true } }, key: [id] }");
    Path csv = Files.writeString(folder.resolve("orders.csv"), "id;name\n1;a\n2;b\n");
    TestSpark.session().range(3).write().parquet(folder.resolve("parquet").toString());
    TestSpark.session().range(3).write().orc(folder.resolve("orc").toString());

    Reported ofCsv =
        run("--files", csv + "", "--reader", "csv", "--option", "header=true", "--option", "sep=;");
    assertThat(ofCsv.json().at("/data/checks/0/rows_judged").asInt()).isEqualTo(2);
    assertThat(ofCsv.exitCode()).isZero();
    assertThat(run("--parquet", folder.resolve("parquet") + "").exitCode()).isZero();
    assertThat(run("--files", folder.resolve("orc") + "", "--reader", "orc").exitCode()).isZero();
    assertThat(run("--parquet", folder.resolve("nowhere") + "").exitCode()).isEqualTo(66);
  }

  @Test
  @Tag("long")
  void aTableOfAConnectionIsJudgedWithOthersOfItsDatabase() throws IOException {
    Database.Account account = TestPostgres.empty();
    try {
      Sql.execute(
          account.uri(),
          "create schema shop",
          "create table shop.orders as select i id, 'a' mail from generate_series(1, 4) i",
          "create table shop.others as select 1 id union all select 2");
      Files.writeString(
          folder.resolve("afp.yaml"),
          "connections: { shop: { uri: \"%s\" }, rates: { uri: \"https://rates.example\" } }"
              .formatted(account.uri()));
      Reported judged = run("--database", "shop", "--dbtable", "shop.orders");
      assertThat(judged.exitCode()).as(judged.text()).isZero();
      assertThat(statuses(judged.json())).hasSize(6).allMatch(line -> line.endsWith(" passed"));
      assertThat(run("--database", "shop", "--dbtable", "shop.nowhere").json().toString())
          .contains("AFP-JDBC-003", "shop.nowhere");
      assertThat(run("--database", "shp", "--dbtable", "shop.orders").json().toString())
          .contains("AFP-JDBC-006", "Did you mean 'shop'?");
      assertThat(run("--database", "rates", "--dbtable", "shop.orders").json().toString())
          .contains("AFP-JDBC-006", "no database", "correct connections.rates");
      String address = account.uri().replaceFirst("\\?.*", "");
      Reported denied =
          run("--database", address, "--dbtable", "shop.orders", "--user", "nobody_at_all");
      assertThat(denied.exitCode()).as(denied.text()).isEqualTo(77);
      assertThat(denied.json().at("/diagnostics/0/fix").asText()).contains("--user");
      Sql.execute(
          account.uri(),
          "drop table shop.others",
          "create view shop.others as select 1 / (i - i) id from generate_series(1, 2) i");
      Reported failed = run("--database", "shop", "--dbtable", "shop.orders");
      assertThat(failed.json().at("/diagnostics/0/code").asText()).isEqualTo("AFP-JDBC-004");
      assertThat(failed.json().has("data")).as("it is no verdict").isFalse();
      Sql.execute(account.uri(), "drop view shop.others");
      assertThat(statuses(run("--database", "shop", "--dbtable", "shop.orders").json()))
          .contains("shop.orders.id.references broken", "shop.orders.key passed");
    } finally {
      TestPostgres.drop(account);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no rows are named            | --dry-run",
        "rows are named twice         | --parquet a --spark-table b.c",
        "--files and --reader         | --files a",
        "--database and --dbtable         | --database shop",
        "are of an address            | --database shop --dbtable a.b --user me",
        "a password on a command line | --database jdbc:postgresql://x/y?password=z --dbtable a.b",
        "a password on a command line | --parquet a --option password=z",
        "a password on a command line | --files a --reader jdbc --option"
            + " url=jdbc:x://h/d?u=u&password=z",
        "${env:AFP_NOWHERE}           | --database jdbc:postgresql://x/y --dbtable a.b"
            + " --password-env AFP_NOWHERE",
        "is no date                   | --parquet a --at yesterday",
      })
  void wrongArgumentsAreSaid(String said, String arguments) {
    Reported wrong = run(arguments.split(" "));
    assertThat(wrong.json().at("/diagnostics/0/message").asText()).contains(said);
    assertThat(wrong.exitCode()).isIn(64, 78);
    assertThat(wrong.text()).doesNotContain("=z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "69 | AFP-JDBC-001 | Look after the database | --database jdbc:postgresql://127.0.0.1:1/x"
            + " --dbtable a.b",
        "78 | AFP-JDBC-005 | correct --database       | --database jdbc:nothing://x/y --dbtable"
            + " a.b",
        "66 | AFP-ING-001  | that are there          | --spark-table shop.nowhere",
        "64 | AFP-CLI-001  | --reader                | --files FOLDER --reader nothing",
        "65 | AFP-ING-002  | --reader and --option   | --parquet FOLDER/half",
      })
  void whatCannotBeReadIsAnErrorAndNoVerdict(
      int exitCode, String code, String fix, String arguments) throws IOException {
    checks("{ table: shop.orders, key: [id] }");
    TestSpark.session().range(3).write().parquet(folder.resolve("half").toString());
    Files.writeString(folder.resolve("half/z.parquet"), "it begins like no such file");
    Reported unread = run(arguments.replace("FOLDER", folder.toString()).split(" "));

    assertThat(unread.json().has("data")).as(unread.text()).isFalse();
    assertThat(unread.exitCode()).isEqualTo(exitCode);
    assertThat(unread.json().at("/diagnostics/0/code").asText()).isEqualTo(code);
    assertThat(unread.json().at("/diagnostics/0/fix").asText()).contains(fix);
    assertThat(unread.text()).doesNotContain("warehouse").doesNotContain("catalog in Postgres");
  }

  @Test
  void aDryRunEndsAsBrokenChecksDo() throws IOException {
    checks(
        """
        table: shop.orders
        columns:
          id: { required: true, checks: [ { references: shop.nowhere.id } ] }
          nothing: { required: true }
        checks:
          - { sql: nowhere > 1, name: own }
          - { query: select from, name: wrong }
          - { query: SELECT 1 FROM orders, name: fine }
        """);
    TestSpark.session().range(3).write().parquet(folder.resolve("orders").toString());
    Reported planned = run("--parquet", folder.resolve("orders").toString(), "--dry-run");

    assertThat(planned.exitCode()).isEqualTo(65);
    assertThat(planned.json().path("diagnostics")).hasSize(4);
    assertThat(planned.json().at("/data/broken").fieldNames())
        .toIterable()
        .containsExactly(
            "shop.orders.id.references", "shop.orders.nothing.required", "own", "wrong");
    assertThat(planned.json().at("/data/text").asText()).contains("answered by", "broken own: ");
  }

  @Test
  void allMistakesOfTheChecksAreInTheReport() throws IOException {
    checks("table: orders\ncolumns:\n  id: { type: long }\n  n: { requird: true }\n");
    Reported wrong = run("--parquet", "a");
    assertThat(wrong.exitCode()).isEqualTo(78);
    assertThat(wrong.json().path("diagnostics")).hasSize(3);
    assertThat(wrong.json().at("/diagnostics/1/line").asInt()).isEqualTo(3);
    checks("table: shop.orders\ncolumns: { id: { pii: true } }\n");
    Reported none = run("--parquet", "a");
    assertThat(none.exitCode()).as("it would pass, whatever the rows are").isEqualTo(78);
    assertThat(none.text()).contains("Cannot judge shop.orders: there is no check");
  }
}
