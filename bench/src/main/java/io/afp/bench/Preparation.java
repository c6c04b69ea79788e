package io.afp.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What has to be there before a measurement. */
public final class Preparation {

  private Preparation() {}

  /**
   * With {@code database URL} creates the database of the hand-written side; with {@code unchecked
   * FOLDER} takes the checks out of a copy of the pipeline.
   */
  public static void main(String[] args) throws IOException, SQLException {
    if (args[0].equals("database")) {
      createDatabase(args[1]);
    } else {
      removeChecks(Path.of(args[1]));
    }
  }

  private static void createDatabase(String url) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                url, System.getenv("HAND_USER"), System.getenv("HAND_PASSWORD"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE hand");
    }
  }

  private static void removeChecks(Path pipeline) throws IOException {
    try (Stream<Path> files = Files.walk(pipeline.resolve("tables"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        Files.writeString(file, withoutChecks(Files.readString(file)));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static String withoutChecks(String yaml) {
    Map<String, Object> table =
        (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    table.remove("checks");
    Object key = table.remove("key");
    if (table.get("serve") instanceof Map<?, ?> serve) {
      table.put("serve", withIndex((Map<String, Object>) serve, key));
    }
    boolean model = !table.containsKey("from");
    ((Map<String, Map<String, Object>>) table.get("columns"))
        .values()
        .forEach(
            column -> {
              column.remove("checks");
              if (model) {
                column.remove("required"); // of a source it is no check: it rejects rows
              }
            });
    return new Dump(DumpSettings.builder().build()).dumpToString(table);
  }

  /** A key is checked, and makes an index of the served table: the index stays. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> withIndex(Map<String, Object> serve, Object key) {
    List<Object> indexes = new ArrayList<>((List<Object>) serve.get("indexes"));
    indexes.add(key);
    Map<String, Object> changed = new LinkedHashMap<>(serve);
    changed.put("indexes", indexes);
    return changed;
  }
}
