package io.afp.core.settings;

import io.afp.core.definition.AirflowDef;
import io.afp.core.definition.AirflowShape;
import io.afp.core.error.Location;
import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Placed;
import io.afp.core.yaml.Placed.At;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What {@code afp.yaml} may hold. */
final class SettingsShape {

  static final String SPARK_PREFIX = "spark.";
  static final String CLASSPATH = "classpath";
  static final String CONNECTIONS_PREFIX = "connections.";

  private static final Scalar<String> NAME = Scalar.text("a name");
  private static final Shape<At<String>> TEXT = new Placed<>(Scalar.text("a text"));

  private static final Shape<At<String>> URI =
      new Placed<>(Scalar.text("an address such as jdbc:postgresql://host/db"));
  private static final Shape<At<String>> WAREHOUSE = new Placed<>(Scalar.text("a path or URI"));
  private static final Shape<At<String>> AGE =
      new Placed<>(Scalar.text("forever, or an ISO-8601 duration such as P90D"));
  private static final Scalar<String> CONNECTION =
      Scalar.parsed("a name of [a-zA-Z][a-zA-Z0-9_-]*", SettingsShape::connection);
  private static final String ACCOUNT_OF_LAKE = "that of the lake, if `uri` is missing too";

  private static final Shape<At<String>> FLAG =
      new Placed<>(
          new Scalar<>(
              Scalar.Type.BOOLEAN,
              "true or false",
              List.of("true", "false"),
              Optional.empty(),
              Function.identity()));

  private static final List<Field<At<String>>> LAKE_FIELDS =
      List.of(
          Field.optional("uri", URI, "The Postgres of catalog and ledger")
              .otherwise("the embedded Postgres"),
          Field.optional("user", TEXT, "The account"),
          Field.optional("password", TEXT, "Its password, best as `${env:NAME}` or `${file:PATH}`"),
          Field.optional("warehouse", WAREHOUSE, "Below it are the files of tables")
              .otherwise("`.afp/warehouse`"));
  private static final List<Field<At<String>>> SERVING_FIELDS =
      List.of(
          Field.optional("uri", URI, "The Postgres in which tables are served")
              .otherwise("the database of the lake"),
          Field.optional("user", TEXT, "The account").otherwise(ACCOUNT_OF_LAKE),
          Field.optional("password", TEXT, "Its password").otherwise(ACCOUNT_OF_LAKE));

  private static final List<Field<At<String>>> PII_FIELDS =
      List.of(
          Field.optional(
              "key",
              TEXT,
              "The key for the hashes of columns with `pii: hash`, as `${env:NAME}` or"
                  + " `${file:PATH}`; 16 characters or more"));

  private static final List<Field<At<String>>> KEEP_FIELDS =
      List.of(
          Field.optional("rejects", AGE, "Rows that broke the contract of a source")
              .otherwise("`forever`"),
          Field.optional("quarantine", AGE, "Rows that checks kept out").otherwise("`forever`"));

  private static final List<Field<At<String>>> S3_FIELDS =
      List.of(
          Field.optional("endpoint", TEXT, "The address of a store that is not AWS")
              .otherwise("that of AWS for the region"),
          Field.optional("region", TEXT, "The region of the buckets")
              .otherwise("`AWS_REGION` or the profile; `us-east-1` with an `endpoint`"),
          Field.optional("access_key", TEXT, "The account, best as `${env:NAME}` or `${file:PATH}`")
              .otherwise("found by AWS's rules: environment, profile, role"),
          Field.optional("secret_key", TEXT, "Its secret; goes with `access_key`"),
          Field.optional("session_token", TEXT, "What temporary keys have beside"),
          Field.optional("path_style", FLAG, "Whether the bucket stands in the path of an address")
              .otherwise("true with an `endpoint`, else false"));

  private static final List<Field<At<String>>> OBSERVABILITY_FIELDS =
      List.of(
          Field.optional(
                  "openlineage",
                  TEXT,
                  "Where OpenLineage events go: an address, `file:PATH`, `console`, or `config` for"
                      + " what OpenLineage's own `openlineage.yml` or `OPENLINEAGE__…` variables say")
              .otherwise("nowhere"),
          Field.optional("openlineage_key", TEXT, "The API key of that address"),
          Field.optional("openlineage_namespace", TEXT, "The namespace of jobs")
              .otherwise("`OPENLINEAGE_NAMESPACE`, else `afp`"),
          Field.optional(
                  "prometheus", TEXT, "The Pushgateway that metrics go to when a driver ends")
              .otherwise("nowhere"),
          Field.optional("statsd", TEXT, "`HOST:PORT` of the StatsD server that metrics go to")
              .otherwise("nowhere"),
          Field.optional(
                  "cloudwatch",
                  TEXT,
                  "The CloudWatch namespace that metrics go to; account and region by AWS's rules")
              .otherwise("nowhere"),
          Field.optional(
                  "opentelemetry",
                  TEXT,
                  "Where traces go: the address of a collector (OTLP over HTTP), or `config` for what"
                      + " OpenTelemetry's own `OTEL_…` variables say")
              .otherwise("nowhere"));

  private static final List<Field<At<String>>> CONNECTION_FIELDS =
      List.of(
          Field.optional(
              "uri",
              URI,
              "Its JDBC address, or one of http for a source of your own; it has to be there"),
          Field.optional("user", TEXT, "The account, which needs no more than to read"),
          Field.optional("password", TEXT, "Its password, best as `${env:NAME}` or `${file:PATH}`"),
          Field.optional("driver", TEXT, "The class of the driver")
              .otherwise("the driver on the class path that knows the address"));

  private static final Field<Layer> LAKE =
      Field.optional("lake", section(LAKE_FIELDS), "Catalog, ledger and the files of tables");
  private static final Field<Layer> SERVING =
      Field.optional("serving", section(SERVING_FIELDS), "The database in which tables are served");
  private static final Field<Layer> PII =
      Field.optional(
          "pii",
          section("a mapping such as { key: \"${env:AFP_PII_KEY}\" }", PII_FIELDS),
          "How personal values are kept out of tables");
  private static final Field<Layer> KEEP =
      Field.optional(
              "keep",
              section("a mapping such as { rejects: P1Y, quarantine: P90D }", KEEP_FIELDS),
              "How long rows that did not get into tables are kept beside them, where a table does"
                  + " not say it; older ones are taken out by `afp clean`")
          .otherwise("for ever");
  private static final Field<Layer> S3 =
      Field.optional(
          "s3",
          section("a mapping such as { region: eu-central-1 }", S3_FIELDS),
          "S3, for sources and the warehouse; `{}` where AWS's own rules say all");
  private static final Field<Layer> OBSERVABILITY =
      Field.optional(
          "observability",
          section(
              "a mapping such as { openlineage: \"http://marquez:5000\" }", OBSERVABILITY_FIELDS),
          "Where runs tell of themselves beside log and ledger: lineage, metrics, traces");
  private static final Field<Map<String, At<String>>> SPARK =
      Field.optional(
          "spark",
          new Entries<>(NAME, TEXT, "a mapping such as { master: yarn }"),
          "Settings of Spark, by name; the prefix `spark.` may be left out");

  private static final Field<Map<String, Layer>> CONNECTIONS =
      Field.optional(
              "connections",
              new Entries<>(
                  CONNECTION, section(CONNECTION_FIELDS), "a mapping such as crm: { uri: … }"),
              Map.of(),
              "The databases that sources read, by the names that `from.jdbc.connection` uses;"
                  + " each has `uri`, and perhaps `user`, `password` and `driver`")
          .otherwise("none");

  private static final Field<List<At<String>>> CLASS_PATH =
      Field.optional(
              CLASSPATH,
              new Items<>(
                  new Placed<>(Scalar.text("a path, glob or URI of jars")),
                  "a list such as [lib/*.jar]"),
              List.of(),
              "Jars with models, sources, checks and secret providers in Java, and what they need. `afp` gives them to its"
                  + " drivers as `--jars`; with `spark-submit` give them yourself")
          .otherwise("none");

  private static final Shape<Layer> ENVIRONMENT =
      new Fields<>(
          "a mapping with lake, serving, s3, connections, pii, keep, observability or spark",
          List.of(LAKE, SERVING, S3, CONNECTIONS, PII, KEEP, OBSERVABILITY, SPARK),
          SettingsShape::layer);
  private static final Field<Map<String, Layer>> ENVIRONMENTS =
      Field.optional(
          "environments",
          new Entries<>(NAME, ENVIRONMENT, "a mapping such as dev: { spark: { … } }"),
          Map.of(),
          "`lake`, `serving`, `s3`, `connections`, `pii`, `keep`, `observability` and `spark` that are"
              + " laid over these, key by key, by `--env <name>` or `AFP_ENV`");

  private static final Field<AirflowDef> AIRFLOW =
      AirflowShape.field("How Airflow runs the pipelines, where a pipeline does not say it");

  static final Fields<Document> SHAPE =
      new Fields<>(
          "the keys of afp.yaml",
          List.of(
              LAKE,
              SERVING,
              S3,
              CONNECTIONS,
              PII,
              KEEP,
              OBSERVABILITY,
              SPARK,
              CLASS_PATH,
              AIRFLOW,
              ENVIRONMENTS),
          r -> new Document(layer(r).under(classPath(r)), r.get(ENVIRONMENTS), r.get(AIRFLOW)));

  private SettingsShape() {}

  /** The file as a whole. */
  record Document(Layer base, Map<String, Layer> environments, AirflowDef airflow) {

    static Document empty() {
      return new Document(new Layer(Map.of()), Map.of(), AirflowDef.empty());
    }
  }

  private static Shape<Layer> section(List<Field<At<String>>> fields) {
    return section("a mapping such as { uri: \"jdbc:postgresql://host/db\" }", fields);
  }

  private static Shape<Layer> section(String expects, List<Field<At<String>>> fields) {
    return new Fields<>(expects, List.copyOf(fields), r -> section(r, fields));
  }

  private static Layer section(Reading r, List<Field<At<String>>> fields) {
    Map<String, At<String>> values = new LinkedHashMap<>();
    fields.forEach(field -> r.find(field).ifPresent(at -> values.put(field.name(), at)));
    return new Layer(values);
  }

  private static Layer layer(Reading r) {
    Map<String, At<String>> values = new LinkedHashMap<>();
    // The section says that S3 is used, also where it is empty.
    r.find(S3).ifPresent(s3 -> values.put(S3.name(), new At<>("", Location.nowhere())));
    for (Field<Layer> section : List.of(LAKE, SERVING, PII, KEEP, S3, OBSERVABILITY)) {
      r.find(section)
          .ifPresent(s -> s.values().forEach((k, v) -> values.put(section.name() + "." + k, v)));
    }
    r.get(CONNECTIONS)
        .forEach((name, c) -> c.values().forEach((k, v) -> values.put(connectionKey(name, k), v)));
    r.find(SPARK).ifPresent(spark -> spark.forEach((k, v) -> values.put(sparkKey(k), v)));
    return new Layer(values);
  }

  private static Layer classPath(Reading r) {
    Map<String, At<String>> values = new LinkedHashMap<>();
    r.get(CLASS_PATH).forEach(at -> values.put(classPathKey(values.size()), at));
    return new Layer(values);
  }

  static String connectionKey(String name, String key) {
    return CONNECTIONS_PREFIX + name + "." + key;
  }

  private static String connection(String name) {
    if (!name.matches("[a-zA-Z][a-zA-Z0-9_-]*")) {
      throw new IllegalArgumentException("'%s' is not a name".formatted(name));
    }
    return name;
  }

  static String classPathKey(int index) {
    return "%s[%d]".formatted(CLASSPATH, index);
  }

  private static String sparkKey(String key) {
    return key.startsWith(SPARK_PREFIX) ? key : SPARK_PREFIX + key;
  }
}
