package io.afp.core.settings;

import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Placed;
import io.afp.core.yaml.Placed.At;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import io.afp.core.yaml.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code afp.yaml} may hold. */
final class SettingsShape {

  static final String SPARK_PREFIX = "spark.";

  private static final Shape<At<String>> TEXT = new Placed<>(Scalar.text("a text"));

  private static final Field<At<String>> URI =
      Field.optional("uri", TEXT, "The JDBC address of a Postgres; without it, the embedded one");
  private static final Field<At<String>> USER = Field.optional("user", TEXT, "The account");
  private static final Field<At<String>> PASSWORD =
      Field.optional("password", TEXT, "Its password, best as ${env:X} or ${file:/path}");
  private static final Field<At<String>> WAREHOUSE =
      Field.optional("warehouse", TEXT, "The URI or path below which the files of tables are");

  private static final Field<Layer> LAKE =
      Field.optional(
          "lake", section(List.of(URI, USER, PASSWORD, WAREHOUSE)), "Catalog, ledger and files");
  private static final Field<Layer> SERVING =
      Field.optional(
          "serving",
          section(List.of(URI, USER, PASSWORD)),
          "The database in which tables are served");
  private static final Field<Map<String, At<String>>> SPARK =
      Field.optional(
          "spark",
          new Entries<>(TEXT, "a mapping such as { master: yarn }", key -> Optional.empty()),
          "Settings of Spark; the prefix spark. may be left out");

  private static final Shape<Layer> ENVIRONMENT =
      new Fields<>(
          "a mapping with lake, serving or spark",
          List.of(LAKE, SERVING, SPARK),
          SettingsShape::layer);
  private static final Field<Map<String, Layer>> ENVIRONMENTS =
      Field.optional(
          "environments",
          new Entries<>(
              ENVIRONMENT, "a mapping such as dev: { spark: { … } }", key -> Optional.empty()),
          Map.of(),
          "Settings that are laid over these, by the name of the environment");

  static final Shape<Document> SHAPE =
      new Fields<>(
          "the keys of afp.yaml",
          List.of(LAKE, SERVING, SPARK, ENVIRONMENTS),
          r -> new Document(layer(r), r.get(ENVIRONMENTS)));

  private SettingsShape() {}

  /** The file as a whole. */
  record Document(Layer base, Map<String, Layer> environments) {

    static Document empty() {
      return new Document(new Layer(Map.of()), Map.of());
    }
  }

  private static Shape<Layer> section(List<Field<At<String>>> fields) {
    return new Fields<>(
        "a mapping such as { uri: \"jdbc:postgresql://host/db\" }",
        List.copyOf(fields),
        r -> section(r, fields));
  }

  private static Layer section(Reading r, List<Field<At<String>>> fields) {
    Map<String, At<String>> values = new LinkedHashMap<>();
    fields.forEach(field -> r.find(field).ifPresent(at -> values.put(field.name(), at)));
    return new Layer(values);
  }

  private static Layer layer(Reading r) {
    Map<String, At<String>> values = new LinkedHashMap<>();
    r.find(LAKE).ifPresent(lake -> lake.values().forEach((k, v) -> values.put("lake." + k, v)));
    r.find(SERVING).ifPresent(s -> s.values().forEach((k, v) -> values.put("serving." + k, v)));
    r.find(SPARK).ifPresent(spark -> spark.forEach((k, v) -> values.put(sparkKey(k), v)));
    return new Layer(values);
  }

  private static String sparkKey(String key) {
    return key.startsWith(SPARK_PREFIX) ? key : SPARK_PREFIX + key;
  }
}
