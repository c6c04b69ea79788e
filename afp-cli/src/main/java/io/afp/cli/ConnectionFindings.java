package io.afp.cli;

import io.afp.core.definition.JdbcSourceDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.Count;
import io.afp.core.jdbc.Connector;
import io.afp.core.jdbc.Identifiers;
import io.afp.core.settings.CheckedSettings;
import io.afp.core.settings.ConnectionSettings;
import io.afp.core.settings.JarFiles;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the doctor finds out about the databases that sources read. */
final class ConnectionFindings {

  private final Project project;
  private final CheckedSettings checked;
  private List<TableDef> sources;

  ConnectionFindings(Project project, CheckedSettings checked) {
    this.project = project;
    this.checked = checked;
  }

  /** Of each of them whether there is a driver, it answers, and may be read. */
  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    ClassLoader drivers = drivers();
    new TreeMap<>(checked.settings().connections())
        .values().stream()
            .filter(ConnectionSettings::isDatabase)
            .filter(connection -> checked.isUsable("connections.%s.".formatted(connection.name())))
            .forEach(connection -> findings.addAll(of(connection, drivers)));
    return findings;
  }

  /** Drivers get the jars of the settings as `--jars`; so does the doctor. */
  private ClassLoader drivers() {
    ClassLoader own = ConnectionFindings.class.getClassLoader();
    try {
      return JarFiles.loader(new ClassPathJars(checked.settings()).found().stream(), own);
    } catch (AfpException e) {
      return own; // a run says which jar is missing; the driver may be there without it
    }
  }

  private List<Finding> of(ConnectionSettings settings, ClassLoader drivers) {
    String part = settings.name();
    try {
      Connector connector = Connector.of(settings, drivers);
      try (Connection connection = connector.open()) {
        return tables(part, connector, connection);
      } catch (SQLException e) {
        throw connector.failure("use connection " + part, e);
      }
    } catch (AfpException e) {
      return List.of(Finding.wrong(part, e));
    }
  }

  private List<Finding> tables(String part, Connector connector, Connection connection)
      throws SQLException {
    List<TableDef> tables = tables(part);
    List<Finding> wrong = new ArrayList<>();
    Identifiers names = Identifiers.of(connection);
    for (TableDef table : tables) {
      JdbcSourceDef source = table.jdbcSource().orElseThrow();
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1 FROM %s WHERE 1 = 0".formatted(names.from(source.relation())));
      } catch (SQLException e) {
        wrong.add(Finding.wrong(part, connector.failure("read source " + table.name(), e)));
      }
    }
    String product = connection.getMetaData().getDatabaseProductName();
    String version = connection.getMetaData().getDatabaseProductVersion();
    return wrong.isEmpty()
        ? List.of(
            Finding.ok(
                part,
                "%s %s, %s can be read"
                    .formatted(product, version, Count.of(tables.size(), "source"))))
        : wrong;
  }

  private List<TableDef> tables(String connection) {
    if (sources == null) {
      sources = project.check().tables().filter(t -> t.jdbcSource().isPresent()).toList();
    }
    return sources.stream()
        .filter(table -> table.jdbcSource().orElseThrow().connection().equals(connection))
        .toList();
  }
}
