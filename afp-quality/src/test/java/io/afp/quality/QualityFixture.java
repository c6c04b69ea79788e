package io.afp.quality;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.lake.ReadTables;
import io.afp.core.lake.TableWriter;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.History;
import io.afp.core.measure.State;
import io.afp.core.spi.Judge;
import io.afp.core.spi.Judge.Part;
import io.afp.core.testing.TestLake;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes rows to a branch while they are measured, and judges them. */
final class QualityFixture {

  /** What the age of data is measured against. */
  static final ZonedDateTime AS_OF =
      ZonedDateTime.of(2024, 2, 1, 0, 0, 0, 0, ZoneId.of("Europe/Berlin"));

  private final SparkSession session;
  private final Map<String, Metric> metrics = new HashMap<>();
  private final List<TableName> read = new ArrayList<>();
  private String origin = "";
  private History history = History.none();
  private Map<String, Metric> before = Map.of();

  QualityFixture(TestLake lake) {
    this.session = lake.on(lake.newBranch());
    session.sql("create namespace core");
  }

  SparkSession session() {
    return session;
  }

  /** A table {@code core.t} that a query fills. */
  static TableDef table(UnaryOperator<TableBuilder> details) {
    return details.apply(TableDef.named("core.t").sql("select 1")).build();
  }

  /** Writes all rows of a table; metrics of several writes add up. */
  QualityFixture write(TableDef table, String query) {
    return write(table, session.sql(query));
  }

  QualityFixture write(TableDef table, Dataset<Row> rows) {
    TableWriter.Result result =
        new TableWriter(session, Map.of(), List.of(new ObservedChecks()))
            .write(table, rows, Optional.empty());
    origin = result.origin();
    result.metrics().forEach(metric -> metrics.merge(metric.name(), metric, Metric::plus));
    return this;
  }

  /** What every check measured before. */
  QualityFixture after(History before) {
    history = before;
    return this;
  }

  /** What was measured until now is what the table had before. */
  QualityFixture asBefore() {
    before = Map.copyOf(metrics);
    return anew();
  }

  /** Where the metrics of the last write came from. */
  String origin() {
    return origin;
  }

  Map<String, Metric> metrics() {
    return metrics;
  }

  /** The tables that the checks said they read. */
  List<TableName> read() {
    return read;
  }

  /** The verdicts on what was measured in the writes. */
  List<Verdict> judge(TableDef table) {
    return judge(table, metrics);
  }

  /** The verdicts when nothing was measured. */
  List<Verdict> judgeByScan(TableDef table) {
    return judge(table, Map.of());
  }

  private List<Verdict> judge(TableDef table, Map<String, Metric> measured) {
    return new DeequJudge().judge(new Written(table, measured));
  }

  /** Forgets the table, and all that was measured. */
  QualityFixture anew() {
    session.sql("drop table if exists core.t");
    metrics.clear();
    read.clear();
    return this;
  }

  /** The only verdict on a new table that is written with these rows. */
  Verdict verdict(TableDef table, String query) {
    anew();
    List<Verdict> verdicts = write(table, query).judge(table);
    if (verdicts.size() != 1) {
      throw new IllegalStateException("not one check: " + verdicts);
    }
    return verdicts.get(0);
  }

  /** The rows of a table that was written as a whole. */
  private final class Written implements Judge.Case {
    private final TableDef table;
    private final Map<String, Metric> measured;

    Written(TableDef table, Map<String, Metric> measured) {
      this.table = table;
      this.measured = measured;
    }

    @Override
    public TableDef table() {
      return table;
    }

    @Override
    public Map<String, Metric> metrics() {
      return measured;
    }

    @Override
    public Dataset<Row> rows() {
      return session.table(table.name().toString());
    }

    @Override
    public Dataset<Row> rowsForKey() {
      return rows();
    }

    @Override
    public ZonedDateTime asOf() {
      return AS_OF;
    }

    @Override
    public History history(CheckDef check) {
      return history;
    }

    @Override
    public Optional<State> before(CheckDef check) {
      return Optional.ofNullable(before.get(check.name())).map(Metric::state);
    }

    @Override
    public List<Part> parts(Metric whole) {
      return List.of(new Part("2024-01-31", AS_OF.toLocalDateTime().minusDays(1), whole));
    }

    @Override
    public Dataset<Row> rowsOf(TableName name) {
      read(Set.of(name));
      return session.table(name.toString());
    }

    private void read(Set<TableName> tables) {
      tables.stream().filter(name -> !name.equals(table.name())).forEach(read::add);
    }

    @Override
    public Dataset<Row> query(String sql) {
      Dataset<Row> given = session.sql(sql);
      read(ReadTables.of(given));
      return given;
    }
  }
}
