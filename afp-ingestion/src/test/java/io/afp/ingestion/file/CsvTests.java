package io.afp.ingestion.file;

import io.afp.core.definition.TableDef;
import io.afp.core.lake.Contract;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;

/** Tests of CSV files in a folder of their own, read by a contract of id and name. */
abstract class CsvTests {

  static final TableDef TABLE =
      TableDef.named("raw.t").fromCsv("*.csv").column("id", "int").column("name", "string").build();

  @TempDir Path folder;

  List<String> accepted(String... names) {
    return texts(conform(source(names)).accepted());
  }

  /** Reason and value of each reject. */
  List<String> rejected(String... names) {
    return texts(
        conform(source(names))
            .rejected()
            .selectExpr("explode(reasons) r")
            .select("r.reason", "r.value"));
  }

  static Contract.Conformed conform(CsvSource source) {
    return new Contract(TABLE, List.of()).conform(source.read(session()));
  }

  static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.get(0) + " " + row.get(1)).toList();
  }

  CsvSource source(String... names) {
    List<String> addresses = Arrays.stream(names).map(this::address).toList();
    return new CsvSource(addresses, List.of("id", "name"), true, ",");
  }

  String address(String name) {
    return "file:" + folder.resolve(name);
  }

  void file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As sessions on a branch are. */
  static SparkSession session() {
    SparkSession session = TestSpark.session().newSession();
    session.conf().set("spark.sql.csv.parser.columnPruning.enabled", false);
    return session;
  }
}
