package io.afp.core.lake;

import static io.afp.core.definition.CheckBuilder.in;
import static io.afp.core.definition.CheckBuilder.length;
import static io.afp.core.definition.CheckBuilder.matches;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.Pii;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.settings.Secret;
import io.afp.core.testing.TestSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract costs: one pass of generated code. */
class ContractPlanTest {

  @TempDir private Path folder;

  @BeforeEach
  void aSessionWithoutACatalog() {
    SparkSession.setActiveSession(TestSpark.session());
  }

  @Test
  void aContractOfSixteenColumnsWithEveryRuleIsOnePieceOfCode() {
    Dataset<Row> accepted = conform(sixteen()).accepted();
    assertThat(operators(accepted))
        .as("no exchange, no UDF, one scan")
        .containsExactly(
            "WholeStageCodegenExec",
            "ProjectExec",
            "ProjectExec",
            "FilterExec",
            "ColumnarToRowExec",
            "InputAdapter",
            "FileSourceScanExec");
    assertThat(Generated.largestMethod(accepted))
        .as("Spark uses no larger method")
        .isLessThan(65_535);
    assertThat(accepted.collectAsList()).hasSize(1);
  }

  @Test
  void rowsThatAreCountedAreReadAndJudgedOnce() {
    Dataset<Row> accepted = conform(sixteen()).accepted(new RowCount());
    String plan = accepted.queryExecution().executedPlan().toString();
    assertThat(operators(accepted))
        .as("one piece of code")
        .filteredOn(name -> !name.equals("ProjectExec"))
        .containsExactly(
            "WholeStageCodegenExec",
            "FilterExec",
            "ColumnarToRowExec",
            "InputAdapter",
            "FileSourceScanExec");
    assertThat(Pattern.compile("[A-Z]+( dd.MM.yyyy)?\\.read ").matcher(plan).results())
        .as("each value is read once")
        .hasSize(7);
    assertThat(Generated.largestMethod(accepted))
        .as("the JVM compiles no larger method")
        .isLessThan(8_000);
  }

  @Test
  void aContractOfMoreColumnsThanSparkPutsIntoOnePieceWorks() {
    TableBuilder table = Contracts.table();
    for (int i = 0; i < 105; i++) {
      String type = List.of("int", "decimal(12,2)", "date", "string", "timestamp").get(i % 5);
      table.column("c" + i, type, c -> c.required());
    }
    TableDef wide = table.build();
    String fields = IntStream.range(0, 105).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    List<String> values = List.of("1", "1.5", "2013-01-05", "x", "2013-01-05 12:30:00");
    String good = String.join(",", Collections.nCopies(21, String.join(",", values)));
    String bad = good.replaceFirst("1,", "one,");
    Contract.Conformed conformed =
        new Contract(wide, List.of("NA")).conform(inFile(fields, good, bad));
    Dataset<Row> accepted = conformed.accepted();
    assertThat(accepted.collectAsList()).hasSize(1);
    assertThat(Contracts.messages(conformed)).containsExactly("c0 not an int: \"one\"");
    assertThat(Generated.largestMethod(accepted)).isLessThan(8_000);
  }

  @Test
  void ofRowsThatAreTypedAlreadyOnlyNullsAreLookedFor() {
    Contract.Conformed conformed = parsed();
    Dataset<Row> accepted = conformed.accepted();
    assertThat(operators(accepted))
        .containsExactly(
            "WholeStageCodegenExec",
            "ProjectExec",
            "FilterExec",
            "ColumnarToRowExec",
            "InputAdapter",
            "FileSourceScanExec");
    String checks =
        "isnotnull\\([a-p]#\\d+\\)|isnull\\(__\\w+#\\d+\\)|size\\(__reasons#\\d+, true\\)";
    assertThat(Generated.condition(accepted)).matches("(%s|<= 0|AND|OR|[() ])+".formatted(checks));
    assertThat(Generated.scanned(accepted))
        .as("no text, no place, nothing that is not declared")
        .containsExactlyInAnyOrderElementsOf(
            List.of("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,__malformed,__reasons".split(",")));
    assertThat(accepted.collectAsList()).hasSize(1);
    assertThat(operators(conformed.accepted(new RowCount())))
        .as("one piece of code, also where they are counted")
        .filteredOn(name -> name.equals("WholeStageCodegenExec"))
        .hasSize(1);
  }

  private Contract.Conformed parsed() {
    TableBuilder table = Contracts.table();
    List<String> types = List.of("int", "decimal(12,2)", "date", "string");
    List<String> names = List.of("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p".split(","));
    for (int i = 0; i < names.size(); i++) {
      table.column(names.get(i), types.get(i % 4), c -> c.required());
    }
    List<String> good =
        Collections.nCopies(4, List.of("1", "1.5", "2013-01-05", "x")).stream()
            .flatMap(List::stream)
            .collect(Collectors.toCollection(ArrayList::new));
    List<String> bad = new ArrayList<>(good);
    bad.set(0, "x");
    good.add("more");
    bad.add("more");
    List<String> fields = Stream.concat(names.stream(), Stream.of("more")).toList();
    TableDef declared = table.build();
    RawRows raw = new Parsed(declared, List.of("NA"), fields).rows(List.of(good, bad));
    return new Contract(declared, List.of("NA")).conform(inFile(raw));
  }

  private static List<String> operators(Dataset<Row> rows) {
    return Generated.operators(rows).stream().map(o -> o.getClass().getSimpleName()).toList();
  }

  /** Rows that are scanned: what Spark has in memory it computes while it plans. */
  private RawRows inFile(String fields, String... records) {
    return inFile(Contracts.raw(fields, records));
  }

  private RawRows inFile(RawRows raw) {
    String file = folder.resolve("rows").toUri().toString();
    raw.rows().write().parquet(file);
    return new RawRows(TestSpark.session().read().parquet(file), Optional.empty());
  }

  private Contract.Conformed conform(TableDef table) {
    String fields = String.join(",", table.sourceColumns().stream().map(c -> c.name()).toList());
    RawRows raw =
        inFile(
            fields,
            "1,2,3.5,4.5,5.25,6.25,R,O,2013-01-05,05.01.2013,2013-01-05 12:30:00,true,abc,DEF,ann,x",
            "x,2,3.5,4.5,5.25,6.25,R,O,2013-01-05,05.01.2013,2013-01-05 12:30:00,true,abc,DEF,ann,x");
    KeyedHash hash = new KeyedHash(Secret.of("a key that nobody guesses"));
    return new Contract(table, List.of("NA"), Optional.of(hash)).conform(raw);
  }

  private static TableDef sixteen() {
    return Contracts.table()
        .column("a", "int", c -> c.required())
        .column("b", "long", c -> c.required())
        .column("c", "double")
        .column("d", "float")
        .column("e", "decimal(12,2)", c -> c.required())
        .column("f", "decimal(30,4)")
        .column("g", "string", c -> c.required().rejectUnless(in("A", "R", "N")))
        .column("h", "string", c -> c.rejectUnless(in("O", "F")))
        .column("i", "date", c -> c.required())
        .column("j", "date", c -> c.format("dd.MM.yyyy"))
        .column("k", "timestamp", c -> c.zone("Europe/Berlin"))
        .column("l", "boolean", c -> c.otherwise("false"))
        .column("m", "string", c -> c.rejectUnless(length(1, 20)))
        .column("n", "string", c -> c.rejectUnless(matches("[A-Z]{3}")))
        .column("o", "string", c -> c.pii(Pii.HASH))
        .column("p", "string", c -> c.pii(Pii.MASK))
        .build();
  }
}
