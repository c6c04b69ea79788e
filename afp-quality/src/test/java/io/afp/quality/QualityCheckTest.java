package io.afp.quality;

import static io.afp.core.definition.CheckBuilder.anomaly;
import static io.afp.core.definition.CheckBuilder.between;
import static io.afp.core.definition.CheckBuilder.fresh;
import static io.afp.core.definition.CheckBuilder.in;
import static io.afp.core.definition.CheckBuilder.key;
import static io.afp.core.definition.CheckBuilder.length;
import static io.afp.core.definition.CheckBuilder.matches;
import static io.afp.core.definition.CheckBuilder.references;
import static io.afp.core.definition.CheckBuilder.rowsFrom;
import static io.afp.core.definition.CheckBuilder.rule;
import static io.afp.core.definition.CheckBuilder.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableChecks;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Sample;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.CheckPlan;
import io.afp.core.measure.CheckPlan.Way;
import io.afp.core.testing.TestPostgres;
import io.afp.core.testing.TestSpark;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that no pipeline wrote are judged as those of a pipeline are. */
class QualityCheckTest {

  private static final String ORDERS =
      "select id, id * 2 amount, if(id = 3, null, 'm' || id || '@x.org') mail, cast(id as smallint)"
          + " small, array(id) parts, date'2024-01-31' day from range(0, 1000, 1, 2)";

  @TempDir static Path folder;

  private static SparkSession session;

  @BeforeAll
  static void open() {
    session = TestSpark.session().newSession();
    session.conf().set("spark.sql.autoBroadcastJoinThreshold", "-1"); // nothing is small
    session.conf().set("spark.sql.session.timeZone", "America/New_York");
    session.conf().set("spark.sql.catalog.out", "org.apache.iceberg.spark.SparkCatalog");
    session.conf().set("spark.sql.catalog.out.type", "hadoop");
    session.conf().set("spark.sql.catalog.out.warehouse", folder.resolve("out").toString());
    session.sql("create table out.shop.orders using iceberg as " + ORDERS);
    session.sql("create table out.shop.others using iceberg as select id from range(0, 990, 1, 2)");
    session.table("out.shop.orders").write().parquet(parquet());
  }

  private static String parquet() {
    return folder.resolve("orders").toString();
  }

  /** Of each way to answer one or more. */
  private static TableChecks checks() {
    return TableChecks.named("shop.orders")
        .column("id", c -> c.required().check(references("shop.others.id").atLeast("99%", "98%")))
        .column(
            "amount",
            c ->
                c.check(between("0", "1990").named("most").atLeast("99%"))
                    .check(rule("mean", List.of(0, 10)))
                    .check(rule("ordered", Map.of("by", "ID"))))
        .column("mail", c -> c.pii().check(matches(".*@x.org")).check(length(1, 6).warn()))
        .column("SMALL", c -> c.check(rule("max", List.of(0, 2000))))
        .column(
            "day",
            c ->
                c.check(fresh("P1D"))
                    .check(rule("increasing", Map.of("by", "id", "in_each", "mail")).named("each")))
        .key("id")
        .check(key("id", "amount").named("both"))
        .check(rowsFrom(1))
        .check(sql("amount = 2 * id").where("id > 5000").named("none"))
        .check(rule("same_rows_as", "shop.orders"))
        .check(rule("query", "select 1 from orders where amount < 0"))
        .check(rule("correlation", Map.of("of", List.of("id", "AMOUNT"), "between", List.of(1))))
        .build();
  }

  private static QualityCheck check(TableChecks checks) {
    return QualityCheck.of(checks)
        .others(name -> session.table("out." + name))
        .asOf(ZonedDateTime.of(2024, 2, 1, 0, 0, 0, 0, ZoneId.of("Europe/Berlin")));
  }

  private static List<String> told(QualityResult result) {
    return result.verdicts().stream()
        .map(
            v ->
                "%s %s %d/%d"
                    .formatted(v.check().name(), v.status(), v.rowsFailed(), v.rowsJudged()))
        .toList();
  }

  private static final List<String> VERDICTS =
      List.of(
          "shop.orders.id.required PASSED 0/1000",
          "shop.orders.id.references PASSED 10/1000",
          "most PASSED 4/1000",
          "shop.orders.amount.mean FAILED 0/1000",
          "shop.orders.amount.ordered PASSED 0/1000",
          "shop.orders.mail.matches PASSED 0/999",
          "shop.orders.mail.length WARNED 999/999",
          "shop.orders.SMALL.max PASSED 0/1000",
          "shop.orders.day.fresh PASSED 0/1000",
          "each PASSED 0/999",
          "shop.orders.key PASSED 0/1000",
          "both PASSED 0/1000",
          "shop.orders.rows PASSED 0/1000",
          "none SKIPPED 0/0",
          "shop.orders.same_rows_as PASSED 0/1000",
          "shop.orders.query PASSED 0/0",
          "shop.orders.correlation PASSED 0/1000");

  @Test
  void anIcebergTableOfAnyCatalogIsJudgedAsThePlanSays() throws Exception {
    Dataset<Row> orders = session.table("out.shop.orders");
    QualityCheck check = check(checks());
    CheckPlan plan = check.plan(orders).answers();
    List<QualityResult> results = new ArrayList<>();
    Work work = Work.of(session, () -> results.add(check.judge(orders)));

    assertThat(told(results.get(0))).isEqualTo(VERDICTS);
    assertThat(names(plan, Way.METADATA)).contains("shop.orders.id.required", "shop.orders.rows");
    assertThat(names(plan, Way.SHUFFLE)).containsExactly("shop.orders.key", "both");
    assertThat(names(plan, Way.SCAN)).hasSize(8);
    assertThat(plan.groups()).extracting(CheckPlan.Group::way).doesNotContain(Way.WRITE);
    assertThat(work.shuffles())
        .as("beside those of what files say, and of rows that break a check")
        .filteredOn(stage -> !stage.contains("FileCounts") && !stage.contains("Samples"))
        .hasSize(plan.shuffles());
    assertThat(session.catalog().listTables().filter("isTemporary").count()).isZero();
  }

  private static List<String> names(CheckPlan plan, Way way) {
    return plan.checks(way).stream().map(CheckDef::name).toList();
  }

  @Test
  void filesAreJudgedByOneScanAndAllTheirKeysByOneShuffle() throws Exception {
    Dataset<Row> orders = session.read().parquet(parquet());
    assertThat(told(check(checks()).judge(orders))).isEqualTo(VERDICTS);

    TableChecks some =
        TableChecks.named("shop.orders")
            .column("amount", c -> c.required().check(between("0", "9999")))
            .key("id")
            .check(key("amount").named("other"))
            .check(rowsFrom(1))
            .build();
    QualityCheck check = QualityCheck.of(some);
    CheckPlan plan = check.plan(orders).answers();
    Work work = Work.of(session, () -> check.judge(orders).orThrow());
    assertThat(work.rowsRead()).isEqualTo(1000L * plan.scans()).isEqualTo(2000);
    assertThat(work.shuffles()).hasSize(plan.shuffles()).hasSize(1);
    assertThat(Work.of(session, () -> check.plan(orders)).jobs()).isEmpty();
  }

  @Test
  void aTableOfADatabaseIsJudged() {
    Database.Account account = TestPostgres.ledger();
    try (Database database = Database.open(account, "test")) {
      database.useTransaction(
          h ->
              h.execute(
                  "create table public.\"Order\" as select i as \"ID\", i::smallint as n,"
                      + " 'a'::varchar(3) as code, gen_random_uuid() as u from generate_series(1,"
                      + " 9) i"));
      Dataset<Row> rows =
          session
              .read()
              .format("jdbc")
              .option("url", account.uri())
              .option("user", account.user().orElse(""))
              .option("password", account.password().map(p -> p.reveal()).orElse(""))
              .option("dbtable", "public.\"Order\"")
              .load();
      TableChecks checks =
          TableChecks.named("shop.orders")
              .column("ID", c -> c.required().check(rule("unique", true)))
              .column("n", c -> c.check(between("1", "8")))
              .column("code", c -> c.check(in("a", "b")))
              .key("u")
              .build();
      assertThat(told(QualityCheck.of(checks).judge(rows)))
          .containsExactly(
              "shop.orders.ID.required PASSED 0/9",
              "shop.orders.ID.unique PASSED 0/9",
              "shop.orders.n.between FAILED 1/9",
              "shop.orders.code.in PASSED 0/9",
              "shop.orders.key PASSED 0/9");
    } finally {
      TestPostgres.drop(account);
    }
  }

  @Test
  void rowsThatBreakACheckAreShownWithoutPersonalValues() {
    TableChecks checks =
        TableChecks.named("shop.orders")
            .column("mail", c -> c.pii().required().check(length(1, 6).where("ID < 101")))
            .key("MAIL")
            .check(sql("Mail <> 'm7@x.org'").named("own"))
            .build();
    List<Verdict> verdicts =
        QualityCheck.of(checks).judge(session.table("out.shop.orders")).verdicts();
    assertThat(verdicts).extracting(Verdict::status).containsOnly(Verdict.Status.FAILED);
    assertThat(verdicts.get(1).samples().get(0).values()).containsOnlyKeys("MAIL", "id");
    assertThat(verdicts)
        .flatExtracting(Verdict::samples)
        .isNotEmpty()
        .flatExtracting(sample -> sample.values().entrySet())
        .allSatisfy(value -> assertThat(value.toString()).doesNotContain("@").doesNotContain("m7"));
  }

  @Test
  void whatCannotBeAskedOfTheDataIsBrokenAndDisturbsNoOther() {
    TableChecks checks =
        TableChecks.named("shop.orders")
            .column("amout", c -> c.required().check(between("0", "1")))
            .column("amount", c -> c.check(between("a", "z")).check(length(1, 2)))
            .column("mail", c -> c.check(rule("mean", List.of(0, 1))))
            .column("parts", c -> c.required().check(in("1").named("in_parts")))
            .column("id", c -> c.check(references("shop.nowhere.id")))
            .key("id", "nothing")
            .check(sql("nowhere > 1").named("own"))
            .check(rule("row_sum", Map.of("of", List.of("id", "mail"), "equals", "amount")))
            .check(rule("query", "select * from nowhere"))
            .check(
                rule("query", "select id from orders where raise_error(mail) is null")
                    .named("raises"))
            .check(rowsFrom(1))
            .build();
    QualityResult result = check(checks).judge(session.table("out.shop.orders"));

    assertThat(result.passed()).isFalse();
    assertThat(result.verdicts())
        .filteredOn(v -> v.status() == Verdict.Status.PASSED)
        .extracting(v -> v.check().name())
        .containsExactly("shop.orders.parts.required", "shop.orders.rows");
    assertThat(result.verdicts())
        .filteredOn(v -> v.status() != Verdict.Status.PASSED)
        .allMatch(v -> v.status() == Verdict.Status.BROKEN)
        .hasSize(12)
        .extracting(Verdict::message)
        .contains(
            "it can't be evaluated: there is no column 'amout'; is 'amount' meant?",
            "it can't be evaluated: 'a' is no value of type long",
            "it can't be evaluated: the column is no string (type=long)",
            "it can't be evaluated: the column is no number (type=string)",
            "it can't be evaluated: values of type array<bigint> can't be judged by it",
            "it can't be evaluated: there is no column 'nothing'; the data has id, amount, mail,"
                + " small, parts, day");
    assertThatThrownBy(result::orThrow)
        .isInstanceOfSatisfying(
            AfpException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.GATE_FAILED);
              assertThat(e.problems()).hasSize(12);
            });
  }

  @Test
  void aTableOfOthersThatIsNotThereBreaksACheckAndOneThatCannotBeReadIsNoVerdict() {
    TableChecks checks =
        TableChecks.named("shop.orders")
            .column("id", c -> c.check(references("shop.others.id")))
            .check(rowsFrom(1))
            .build();
    Dataset<Row> orders = session.table("out.shop.orders");
    Map<String, Dataset<Row>> none = Map.of();
    assertThat(told(QualityCheck.of(checks).others(none::get).judge(orders)))
        .containsExactly("shop.orders.id.references BROKEN 0/0", "shop.orders.rows PASSED 0/1000");

    Throwable refused = new ConnectException("refused");
    for (RuntimeException down :
        List.of(new RuntimeException("down"), new IllegalArgumentException("down", refused))) {
      QualityCheck unread =
          QualityCheck.of(checks)
              .others(
                  name -> {
                    throw down;
                  });
      assertThatThrownBy(() -> unread.judge(orders)).isSameAs(down);
      assertThatThrownBy(() -> unread.plan(orders)).isSameAs(down);
    }
  }

  @Test
  void aQueryReadsTheRowsThatAreJudgedByBothNamesAndOthersWhereTheyAreGiven() {
    session.sql("create namespace if not exists shop");
    session.sql("create or replace temp view orders as select -1L id");
    session.sql("create table shop.decoy using parquet as select -1L id");
    session.sql("create view shop.orders as select id from shop.decoy");
    session.sql("create view shop.others as select id from shop.decoy");
    TableChecks checks =
        TableChecks.named("shop.orders")
            .check(rule("query", "select orders.id from orders where id < 0").named("short"))
            .check(
                rule("query", "select shop.orders.id from shop.orders where id < 0").named("long"))
            .check(
                rule(
                        "query",
                        "with found as (select id from shop.orders) select * from found"
                            + " where id < 0 or id not in (select id from shop.orders o)")
                    .named("within"))
            .check(rule("query", "select * from shop.others where id < 0").named("of_others"))
            .check(rule("query", "select from").named("wrong"))
            .build();
    Dataset<Row> rows = session.table("out.shop.orders");
    try {
      assertThat(told(check(checks).judge(rows)))
          .containsExactly(
              "short PASSED 0/0",
              "long PASSED 0/0",
              "within PASSED 0/0",
              "of_others PASSED 0/0",
              "wrong BROKEN 0/0");
      session.catalog().setCurrentDatabase("shop");
      assertThat(
              told(
                  QualityCheck.of(
                          TableChecks.named("shop.orders")
                              .check(rule("query", "select * from shop.others"))
                              .check(rule("query", "select * from decoy").named("current"))
                              .build())
                      .judge(rows)))
          .as("without others they are of the session and its current namespace")
          .containsExactly("shop.orders.query FAILED 1/1", "current FAILED 1/1");
    } finally {
      session.catalog().setCurrentDatabase("default");
      session.catalog().dropTempView("orders");
      session.sql("drop namespace shop cascade");
    }
  }

  @Test
  void columnsMayHaveAnyNames() {
    Dataset<Row> rows =
        session.sql(
            "select id, id `count(*)`, id `price (EUR`, id `a.b`, id `c``d`, 1S n, 2S n, 3S `e``f`"
                + " from range(3)");
    TableChecks checks =
        TableChecks.named("shop.orders")
            .check(sql("id < 2 and `price (EUR` < 2").named("own"))
            .check(sql("`a.b` < 2 and `c``d` < 2").named("odd"))
            .column("count(*)", c -> c.check(between("0", "1").named("few")))
            .build();
    SparkSession active = SparkSession.active();
    List<Verdict> verdicts = QualityCheck.of(checks).judge(rows).verdicts();
    assertThat(verdicts)
        .extracting(v -> v.status() + " " + v.samples())
        .containsExactly("FAILED [count(*)=2]", "FAILED [id=2, price (EUR=2]", "FAILED []");
    assertThat(verdicts.get(2).samples()).as("a name that can't be shown").isEmpty();
    assertThat(SparkSession.active()).isSameAs(active);
  }

  @Test
  void noRowsAreNoRowsToJudge() {
    Dataset<Row> none = session.table("out.shop.orders").where("false");
    QualityResult result = check(checks()).judge(none);
    assertThat(told(result))
        .contains("shop.orders.rows FAILED 0/0", "most SKIPPED 0/0", "shop.orders.key SKIPPED 0/0")
        .noneMatch(line -> line.contains("BROKEN"));
  }

  @Test
  void aReferenceLeadsFromOneColumnToAnotherByAnyNameThatSparkHasForThem() {
    TableChecks checks =
        TableChecks.named("shop.orders")
            .column("ID", c -> c.check(references("shop.others.Id")))
            .build();
    assertThat(told(check(checks).judge(session.table("out.shop.orders"))))
        .containsExactly("shop.orders.ID.references FAILED 10/1000");
  }

  @Test
  void theChecksOfATableOfAPipelineJudgeOtherRows() {
    TableDef table =
        TableDef.named("raw.orders")
            .fromCsv("orders.csv")
            .column("id", "string", c -> c.required().check(between("0", "9").quarantine()))
            .column("gone", "string", c -> c.required())
            .check(anomaly("rows"))
            .build();
    QualityResult result = QualityCheck.of(table).judge(session.table("out.shop.orders"));
    assertThat(told(result))
        .containsExactly(
            "raw.orders.id.required PASSED 0/1000",
            "raw.orders.id.between FAILED 990/1000",
            "raw.orders.gone.required BROKEN 0/0",
            "raw.orders.anomaly BROKEN 0/0");
    assertThat(result.verdicts().get(3).message()).contains("history in the ledger");
  }

  /** What somebody sees who writes Java. */
  @Test
  void noTypeOfScalaIsSeen() {
    List<Class<?>> shown =
        List.of(
            QualityCheck.class,
            QualityResult.class,
            TableChecks.class,
            io.afp.core.definition.TableChecksBuilder.class,
            io.afp.core.definition.CheckBuilder.class,
            io.afp.core.definition.ColumnBuilder.class,
            CheckDef.class,
            CheckPlan.class,
            CheckPlan.Group.class,
            Verdict.class,
            Sample.class,
            Metric.class,
            AfpException.class);
    Stream<Method> methods =
        shown.stream()
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(method -> Modifier.isPublic(method.getModifiers()));
    assertThat(methods.map(Method::toGenericString).collect(Collectors.joining("\n")))
        .contains("QualityCheck.judge(org.apache.spark.sql.Dataset<org.apache.spark.sql.Row>)")
        .doesNotContain("scala.");
    assertThat(
            shown.stream()
                .flatMap(type -> Arrays.stream(type.getConstructors()))
                .map(Object::toString))
        .noneMatch(constructor -> constructor.contains("scala."));
  }
}
