package io.afp.core.definition;

import io.afp.core.definition.AirflowDef.DeployMode;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What {@code airflow} may hold, in {@code pipeline.yaml} and in {@code afp.yaml}. */
public final class AirflowShape {

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Scalar<String> CONNECTION = Scalar.text("the id of a connection");

  private static final Field<String> CONN_ID =
      Field.optional("conn_id", CONNECTION, "The connection to Spark").otherwise("`spark_default`");
  private static final Field<String> POOL =
      Field.optional("pool", Scalars.TEXT, "The pool of the tasks").otherwise("`default_pool`");
  private static final Field<Long> RETRIES =
      Field.optional(
              "retries", Scalar.count(), "How often a task is tried again, where that can help")
          .otherwise("`2`");
  private static final Field<Duration> RETRY_DELAY =
      Field.optional("retry_delay", Scalars.DURATION, "How long a task waits before that")
          .otherwise("`PT5M`");
  private static final Field<List<String>> TAGS =
      Field.optional(
              "tags",
              new Items<>(Scalars.TEXT, "a list such as [flights]"),
              List.of(),
              "The tags of the DAG")
          .otherwise("`[afp]`");
  private static final Field<LocalDate> START_DATE =
      Field.optional(
              "start_date",
              Scalar.parsed("a date such as 2024-01-01", AirflowShape::date).like(DATE),
              "The first day for which there is a run")
          .otherwise("`2000-01-01`");
  private static final Field<Boolean> CATCHUP =
      Field.optional(
              "catchup", Scalar.flag(), "Whether Airflow makes the runs since then by itself")
          .otherwise("`false`");
  private static final Field<Duration> WAIT =
      Field.optional(
              "wait_for_inputs",
              Scalars.DURATION,
              "How long a run waits for its files, without a driver")
          .otherwise("a run without its files fails, and is tried again");
  private static final Field<List<TableName>> READS =
      Field.optional(
              "reads",
              new Items<>(Scalars.SERVED, "a list such as [core.flight]"),
              List.of(),
              "Tables of other pipelines that classes of models read; those of queries are found")
          .otherwise("none");
  private static final Field<DeployMode> DEPLOY_MODE =
      Field.optional("deploy_mode", Scalar.choice(DeployMode.class), "Where the driver runs")
          .otherwise("as the connection says");
  private static final Field<String> LEDGER =
      Field.optional(
          "ledger_conn_id",
          CONNECTION,
          "The connection to the Postgres of the ledger, which tells how a driver in the cluster ended");
  private static final Field<Map<String, String>> SECRETS =
      Field.optional(
              "secrets",
              new Entries<>(
                  Scalar.parsed("the name of a variable", AirflowShape::variable).like(VARIABLE),
                  CONNECTION,
                  "a mapping such as { AFP_PG_PASSWORD: afp_lake }"),
              Map.of(),
              "Variables for `${env:NAME}`, by the connections whose passwords they get")
          .otherwise("those of the worker are all");
  private static final Field<String> PROJECT =
      Field.optional(
              "project", Scalars.TEXT, "The folder of the project on the machines that run tasks")
          .otherwise("`AFP_PROJECT` of the worker");
  private static final Field<String> HOME =
      Field.optional("home", Scalars.TEXT, "The folder of AFP there, with `jobs/` in it")
          .otherwise("`AFP_HOME` of the worker");

  private static final Shape<AirflowDef> SHAPE =
      new Fields<>(
          "a mapping such as { pool: spark, retries: 3 }",
          List.of(
              CONN_ID,
              POOL,
              RETRIES,
              RETRY_DELAY,
              TAGS,
              START_DATE,
              CATCHUP,
              WAIT,
              READS,
              DEPLOY_MODE,
              LEDGER,
              SECRETS,
              PROJECT,
              HOME),
          AirflowShape::build);

  private AirflowShape() {}

  /** The key itself, which is optional in both files. */
  public static Field<AirflowDef> field(String doc) {
    return Field.optional("airflow", SHAPE, AirflowDef.empty(), doc);
  }

  private static AirflowDef build(Reading r) {
    return new AirflowDef(
        r.find(CONN_ID),
        r.find(POOL),
        r.find(RETRIES),
        r.find(RETRY_DELAY),
        r.get(TAGS),
        r.find(START_DATE),
        r.find(CATCHUP),
        r.find(WAIT),
        r.get(READS),
        r.find(DEPLOY_MODE),
        r.find(LEDGER),
        r.get(SECRETS),
        r.find(PROJECT),
        r.find(HOME));
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'%s' is not a date".formatted(text), e);
    }
  }

  private static String variable(String text) {
    if (!VARIABLE.matcher(text).matches()) {
      throw new IllegalArgumentException("'%s' is not the name of a variable".formatted(text));
    }
    return text;
  }
}
