package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Contract;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.lake.KeyedHash;
import io.afp.core.lake.RawRows;
import io.afp.core.lake.RowCount;
import io.afp.core.settings.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;

/** Personal values of CSV files are nowhere but in the task that reads them. */
class ProtectedCsvTest extends CsvTests {

  /** What hands a row on within a task. */
  private static final List<String> WITHIN_A_TASK =
      List.of("WholeStageCodegenExec", "InputAdapter", "ProjectExec", "FilterExec");

  @BeforeEach
  void people() {
    file(
        "people.csv",
        "id,mail,phone,born\n1,ann@x.org,0170,1990-01-05\nx,bob,0171,NA\n1,ann@x.org,0170,1990-01-05\n");
  }

  private static TableBuilder table() {
    return TableDef.named("raw.people")
        .fromCsv("people.csv")
        .column("id", "int")
        .column("mail", "string", c -> c.pii(Pii.HASH).rejectUnless(CheckBuilder.matches(".+@.+")))
        .column("phone", "string", c -> c.pii(Pii.MASK))
        .column("born", "date", c -> c.pii(Pii.DROP).required());
  }

  private Conformed people(TableDef table) {
    FileSource source = FileSource.csv(address("people.csv"), table);
    RawRows raw = source.read(session(), source.layouts(session()), table.sourceColumns());
    KeyedHash hash = new KeyedHash(Secret.of("a key that nobody guesses"));
    return new Contract(table, List.of("NA"), Optional.of(hash)).conform(raw);
  }

  @Test
  void nothingIsBetweenTheReaderAndWhatIsWritten() {
    Conformed people = people(table().build());
    for (Dataset<Row> rows : List.of(people.accepted(new RowCount()), people.rejected())) {
      assertThat(aboveTheScan(rows)).isNotEmpty().isSubsetOf(WITHIN_A_TASK);
    }
    assertThat(aboveTheScan(people.accepted()))
        .as("one piece of code")
        .containsOnlyOnce("WholeStageCodegenExec");
    assertThat(people.accepted().count()).isEqualTo(2);
  }

  @Test
  void norBetweenTheReaderAndAShuffle() {
    Conformed people = people(table().key("mail").rejectDuplicates().build());
    for (Dataset<Row> rows : List.of(people.accepted(new RowCount()), people.rejected())) {
      List<String> all = aboveTheScan(rows);
      int shuffle = all.indexOf("ShuffleExchangeExec");
      assertThat(all.lastIndexOf("ShuffleExchangeExec")).isEqualTo(shuffle).isPositive();
      assertThat(all.subList(shuffle + 1, all.size())).isNotEmpty().isSubsetOf(WITHIN_A_TASK);
    }
    assertThat(people.accepted().count()).isEqualTo(1);
  }

  /** The operators down to the scan. */
  private static List<String> aboveTheScan(Dataset<Row> rows) {
    SparkPlan plan = rows.queryExecution().executedPlan();
    List<String> names = new ArrayList<>();
    collect(plan instanceof AdaptiveSparkPlanExec adaptive ? adaptive.executedPlan() : plan, names);
    assertThat(names).last().isEqualTo("BatchScanExec");
    return names.subList(0, names.size() - 1);
  }

  private static void collect(SparkPlan plan, List<String> names) {
    names.add(plan.getClass().getSimpleName());
    JavaConverters.seqAsJavaList(plan.children()).forEach(child -> collect(child, names));
  }
}
