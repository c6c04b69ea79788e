package io.afp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.error.AfpException;
import io.afp.core.error.Causes;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problem;
import io.afp.core.ledger.Database;
import io.afp.core.settings.Settings;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the served tables, the ledger or the lake. Always read-only. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = {
      "Asks the served tables and the ledger (schema afp) in Postgres; with --lake the Iceberg tables, through Spark.",
      "Nothing can be changed."
    })
final class SqlCommand implements Callable<Integer> {

  private static final String OPEN =
      """
      DO $$
      DECLARE answer refcursor := 'afp_answer';
      BEGIN
        OPEN answer FOR EXECUTE current_setting('afp.query');
      END $$
      """;

  private static final String UNKNOWN_TABLE = "42P01";
  private static final String CORRECT = "Correct the query.";
  private static final String IN_SERVING =
      "Correct the query. This was asked of serving, a database of its own: the tables of the ledger (schema afp) need --ledger.";

  @Parameters(paramLabel = "QUERY", description = "One SELECT.")
  String query;

  @Option(names = "--ledger", description = "Asks the ledger where serving is another database.")
  boolean ledger;

  @Option(names = "--lake", description = "Asks the Iceberg tables, through Spark.")
  boolean lake;

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description = "With --lake: as a branch has them.")
  String branch;

  @Option(
      names = "--release",
      paramLabel = "N",
      description = "With --lake: as a release left them.")
  Long release;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    if (!lake && (branch != null || release != null)) {
      throw usage("--branch and --release name a state of the lake", "Add --lake.");
    }
    if (branch != null && release != null) {
      throw usage("--branch and --release exclude each other", "Give one of them.");
    }
    Settings settings = options.settings(options.existingProject());
    try (Ledger opened = Ledger.open(settings, "afp/sql")) {
      return lake ? askLake(settings) : askPostgres(settings, opened);
    }
  }

  private static AfpException usage(String reason, String fix) {
    return new AfpException(ErrorCode.USAGE, "Cannot ask: " + reason, fix);
  }

  private int askPostgres(Settings settings, Ledger opened) {
    if (ledger || settings.serving().uri().isEmpty()) {
      return show(ask(opened.database(), CORRECT), List.of());
    }
    Database.Account account =
        new Database.Account(
            settings.serving().uri().get(),
            settings.serving().user(),
            settings.serving().password());
    try (Database serving = Database.open(account, "afp/sql")) {
      boolean apart = !settings.serving().uri().equals(settings.lake().uri());
      return show(ask(serving, apart ? IN_SERVING : CORRECT), List.of());
    }
  }

  private ObjectNode ask(Database database, String unknownTable) {
    try {
      return database.inTransaction(
          handle -> {
            handle.execute("SET TRANSACTION READ ONLY");
            return ask(handle);
          });
    } catch (AfpException e) {
      if (e.code() != ErrorCode.LEDGER_FAILED) {
        throw e;
      }
      boolean unknown = Database.sqlState(e).filter(UNKNOWN_TABLE::equals).isPresent();
      throw new AfpException(
          ErrorCode.QUERY_FAILED,
          "Cannot ask Postgres: " + reason(e),
          unknown ? unknownTable : CORRECT,
          e);
    }
  }

  /** Of Postgres only what is about the query, and nothing about the cursor around it. */
  private static String reason(Throwable failure) {
    Optional<ServerErrorMessage> said =
        Causes.find(failure, PSQLException.class).map(PSQLException::getServerErrorMessage);
    return said.map(SqlCommand::reason).orElseGet(() -> Causes.firstLine(Causes.root(failure)));
  }

  private static String reason(ServerErrorMessage said) {
    int position = Math.max(said.getPosition(), said.getInternalPosition());
    return said.getMessage()
        + (position > 0 ? " (position=%d)".formatted(position) : "")
        + (said.getHint() == null ? "" : ". " + said.getHint());
  }

  /**
   * The query goes to the server as a value, and the server opens it as a cursor: so it is one
   * query, and no second statement can leave the read-only transaction.
   */
  private ObjectNode ask(Handle handle) {
    handle.select("SELECT set_config('afp.query', ?, true)", query).mapTo(String.class).one();
    handle.execute(OPEN);
    try (var statement = handle.getConnection().createStatement();
        ResultSet rows = statement.executeQuery("FETCH ALL FROM afp_answer")) {
      return result(rows);
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
  }

  private static ObjectNode result(ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    ObjectNode data = Output.JSON.createObjectNode();
    ArrayNode columns = data.putArray("columns");
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns
          .addObject()
          .put("name", meta.getColumnLabel(i))
          .put("type", meta.getColumnTypeName(i));
    }
    ArrayNode all = data.putArray("rows");
    while (rows.next()) {
      ArrayNode row = all.addArray();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        row.add(value(rows, meta, i));
      }
    }
    return data;
  }

  private static JsonNode value(ResultSet rows, ResultSetMetaData meta, int i) throws SQLException {
    Object value = rows.getObject(i);
    if (value == null) {
      return Output.JSON.nullNode();
    }
    return switch (meta.getColumnTypeName(i)) {
      case "bool", "int2", "int4", "int8" -> Output.JSON.valueToTree(value);
      case "numeric" -> decimal(value);
      case "float4", "float8" -> number(((Number) value).doubleValue());
      default -> Output.JSON.getNodeFactory().textNode(rows.getString(i));
    };
  }

  /** With all its digits: 19.50 stays 19.50. */
  private static JsonNode decimal(Object value) {
    return value instanceof BigDecimal number
        ? DecimalNode.valueOf(number)
        : Output.JSON.getNodeFactory().textNode(value.toString());
  }

  /** JSON has no NaN and no infinity. */
  private static JsonNode number(double value) {
    return Double.isFinite(value)
        ? Output.JSON.getNodeFactory().numberNode(value)
        : Output.JSON.getNodeFactory().textNode(Double.toString(value));
  }

  private int askLake(Settings settings) {
    String id = UUID.randomUUID().toString();
    List<String> arguments = new ArrayList<>(List.of("--query", query));
    if (branch != null) {
      arguments.addAll(List.of("--branch", branch));
    }
    if (release != null) {
      arguments.addAll(List.of("--release", release.toString()));
    }
    try (Driver driver = new Driver(settings, "sql-" + id, Progress.forThisProcess())) {
      DriverEnd ended = driver.run("io.afp.pipeline.QueryJob", id, arguments);
      return ended.exitCode() == 0
          ? show(ended.data(), ended.problems())
          : options
              .output("sql")
              .end(ended.exitCode(), "", Output.JSON.nullNode(), ended.problems());
    }
  }

  private static String text(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
  }

  private int show(JsonNode data, List<Problem> problems) {
    List<String> names = new ArrayList<>();
    data.path("columns").forEach(column -> names.add(column.path("name").asText()));
    TextTable table = new TextTable(names.toArray(String[]::new));
    for (JsonNode row : data.path("rows")) {
      String[] values = new String[names.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = text(row.get(i));
      }
      table.row(values);
    }
    return options.output("sql").success(table.toString(), data, problems);
  }
}
