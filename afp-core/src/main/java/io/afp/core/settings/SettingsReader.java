package io.afp.core.settings;

import io.afp.core.definition.AirflowDef;
import io.afp.core.definition.KeepDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TimeToLive;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import io.afp.core.yaml.Nearest;
import io.afp.core.yaml.Placed.At;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reads the settings of a project, layer over layer. */
final class SettingsReader {

  private static final int SHORTEST_KEY = 16;
  private static final String DEFAULT_WAREHOUSE = ".afp/warehouse";

  private final Project project;
  private final Optional<String> environment;
  private final String file;
  private final Problems problems = new Problems();
  private final Map<String, String> unusable = new TreeMap<>();

  SettingsReader(Project project, Optional<String> environment) {
    this.project = project;
    this.environment = environment;
    this.file = project.nameOf(project.settingsFile());
  }

  CheckedSettings check(Map<String, String> processEnvironment) {
    SettingsShape.Document document = document();
    Layer layer = environment.map(name -> over(document, name)).orElse(document.base());
    boolean isReadable = !problems.hasErrors();
    Map<String, String> values = resolve(layer, processEnvironment);
    if (!isReadable) {
      problems.throwIfErrors();
    }
    Settings settings = settings(values, origins(layer), document.airflow());
    return new CheckedSettings(settings, unusable, problems.all());
  }

  private static Map<String, Origin> origins(Layer layer) {
    Map<String, Origin> origins = new TreeMap<>();
    layer.values().forEach((key, at) -> origins.put(key, Origin.of(at)));
    return origins;
  }

  private SettingsShape.Document document() {
    if (!Files.isRegularFile(project.settingsFile())) {
      return SettingsShape.Document.empty();
    }
    return Document.load(project.settingsFile(), file, problems)
        .flatMap(SettingsShape.SHAPE::read)
        .orElseGet(SettingsShape.Document::empty);
  }

  private Layer over(SettingsShape.Document document, String name) {
    Layer top = document.environments().get(name);
    if (top == null) {
      reportEnvironment(name, document.environments().keySet());
      return document.base();
    }
    return document.base().under(top);
  }

  private void reportEnvironment(String name, Set<String> known) {
    if (problems.hasErrors()) {
      return; // it may be among what could not be read
    }
    String names = known.isEmpty() ? "none" : String.join(", ", known);
    problems.error(
        ErrorCode.UNKNOWN_ENVIRONMENT,
        "Cannot use environment '%s': it is not defined (known=%s)".formatted(name, names),
        new Location(file, 0, "environments"),
        Nearest.fix(name, known, "Add it under environments of afp.yaml."));
  }

  private Map<String, String> resolve(Layer layer, Map<String, String> processEnvironment) {
    SecretProviders providers = SecretProviders.of(project.root(), processEnvironment, jars(layer));
    References references = new References(providers, problems);
    Map<String, String> values = new TreeMap<>();
    layer.values().forEach((key, at) -> values.put(key, resolve(key, at, references)));
    return values;
  }

  /** As they are written: they say where references are resolved, and hold none themselves. */
  private List<JarFiles> jars(Layer layer) {
    return layer.values().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(SettingsShape.CLASSPATH + "["))
        .map(entry -> entry.getValue().value())
        .filter(text -> References.in(text).isEmpty())
        .map(text -> new JarFiles(project.root(), text))
        .toList();
  }

  private String resolve(String key, At<String> at, References references) {
    int before = problems.all().size();
    String value = references.resolve(at);
    if (problems.all().size() > before) {
      unusable.put(key, "unresolved");
      return "";
    }
    checkValue(key, value, at.location());
    if (problems.all().size() > before) {
      unusable.put(key, "wrong");
      return "";
    }
    return value;
  }

  private void checkValue(String key, String value, Location location) {
    boolean isDatabase = key.equals("lake.uri") || key.equals("serving.uri");
    if (isDatabase && !value.startsWith(Addresses.POSTGRES)) {
      reportAddress(key, location, "the JDBC address of a Postgres", "jdbc:postgresql://host/db");
    } else if (key.equals("s3.endpoint") && !value.matches("https?://[^/]+/?")) {
      reportAddress(key, location, "the address of a server", "https://storage.example.com");
    } else if (isConnection(key) && !value.matches("(jdbc|https?):.*")) {
      reportAddress(key, location, "a JDBC address, or one of http", "jdbc:postgresql://host/db");
    } else if (key.equals("lake.warehouse") && !Addresses.isWarehouse(value)) {
      reportAddress(key, location, "a URI or a path", "s3a://lake/");
    } else if (key.equals("pii.key") && value.length() < SHORTEST_KEY) {
      reportKey(key, location);
    } else if (key.startsWith("keep.")) {
      checkAge(key, value, location);
    } else if (key.startsWith(ObservabilitySettings.PREFIX)) {
      new ObservabilityRules(problems).check(key, value, location);
    }
  }

  private void checkAge(String key, String value, Location location) {
    try {
      TimeToLive.parse(value);
    } catch (IllegalArgumentException e) {
      problems.error(
          ErrorCode.SETTING_WRONG,
          "Cannot use %s: %s".formatted(key, e.getMessage()),
          location,
          "Write an ISO-8601 duration such as P90D for ninety days, or forever.");
    }
  }

  private void reportKey(String key, Location location) {
    problems.error(
        ErrorCode.SETTING_WRONG,
        "Cannot use %s: it has fewer than %d characters".formatted(key, SHORTEST_KEY),
        location,
        "Make a key that nobody guesses, such as by: openssl rand -hex 32");
  }

  private static boolean isConnection(String key) {
    return key.startsWith(SettingsShape.CONNECTIONS_PREFIX) && key.endsWith(".uri");
  }

  /** The value itself is not shown, because it may hold a secret. */
  private void reportAddress(String key, Location location, String what, String example) {
    problems.error(
        ErrorCode.SETTING_WRONG,
        "Cannot use %s: it is not %s".formatted(key, what),
        location,
        "Write %s, such as %s.".formatted(what, example));
  }

  private Settings settings(
      Map<String, String> values, Map<String, Origin> origins, AirflowDef airflow) {
    LakeSettings lake = lake(values);
    return new Settings(
        project.root(),
        environment,
        lake,
        serving(values, lake),
        new S3Reader(values, origins, problems).read(lake.warehouse()),
        ObservabilitySettings.of(values),
        value(values, "pii.key").map(Secret::of),
        keep(values),
        connections(values),
        spark(values),
        classPath(values),
        airflow,
        origins);
  }

  /** What can't be used is reported, and is empty here. */
  private static KeepDef keep(Map<String, String> values) {
    return new KeepDef(age(values, "keep.rejects"), age(values, "keep.quarantine"));
  }

  private static Optional<TimeToLive> age(Map<String, String> values, String key) {
    return value(values, key).filter(text -> !text.isEmpty()).map(TimeToLive::parse);
  }

  private static List<String> classPath(Map<String, String> values) {
    return IntStream.range(0, values.size())
        .mapToObj(SettingsShape::classPathKey)
        .takeWhile(values::containsKey)
        .map(values::get)
        .toList();
  }

  private LakeSettings lake(Map<String, String> values) {
    String warehouse = values.getOrDefault("lake.warehouse", DEFAULT_WAREHOUSE);
    return new LakeSettings(
        value(values, "lake.uri"),
        value(values, "lake.user"),
        value(values, "lake.password").map(Secret::of),
        Addresses.warehouse(warehouse, project.root()));
  }

  /**
   * Without an address of its own, serving is the database of the lake, perhaps with another
   * account.
   */
  private static ServingSettings serving(Map<String, String> values, LakeSettings lake) {
    Optional<String> uri = value(values, "serving.uri");
    Optional<String> user = value(values, "serving.user");
    Optional<Secret> password = value(values, "serving.password").map(Secret::of);
    if (uri.isPresent()) {
      return new ServingSettings(uri, user, password);
    }
    boolean ownAccount = user.isPresent() || password.isPresent();
    return new ServingSettings(
        lake.uri(), user.or(lake::user), ownAccount ? password : lake.password());
  }

  /** Those whose address can be used; what is wrong with the others is reported. */
  private Map<String, ConnectionSettings> connections(Map<String, String> values) {
    Map<String, ConnectionSettings> connections = new TreeMap<>();
    for (String key : values.keySet()) {
      if (key.startsWith(SettingsShape.CONNECTIONS_PREFIX)) {
        String name = key.split("\\.", 3)[1];
        connection(values, name).ifPresent(found -> connections.put(name, found));
        if (!values.containsKey(SettingsShape.connectionKey(name, "uri"))) {
          reportNowhere(name, key);
        }
      }
    }
    return connections;
  }

  private static Optional<ConnectionSettings> connection(Map<String, String> values, String name) {
    return value(values, SettingsShape.connectionKey(name, "uri"))
        .map(
            uri ->
                new ConnectionSettings(
                    name,
                    uri,
                    value(values, SettingsShape.connectionKey(name, "user")),
                    value(values, SettingsShape.connectionKey(name, "password")).map(Secret::of),
                    value(values, SettingsShape.connectionKey(name, "driver"))));
  }

  private void reportNowhere(String name, String key) {
    String missing = SettingsShape.connectionKey(name, "uri");
    if (unusable.put(missing, "missing") == null) {
      problems.error(
          ErrorCode.SETTING_WRONG,
          "Cannot use connection %s: it has no address".formatted(name),
          new Location(file, 0, key),
          "Add %s, such as jdbc:postgresql://host/db.".formatted(missing));
    }
  }

  private static Map<String, String> spark(Map<String, String> values) {
    Map<String, String> spark = new TreeMap<>(values);
    spark.keySet().removeIf(key -> !key.startsWith(SettingsShape.SPARK_PREFIX));
    return spark;
  }

  private static Optional<String> value(Map<String, String> values, String key) {
    return Optional.ofNullable(values.get(key));
  }
}
