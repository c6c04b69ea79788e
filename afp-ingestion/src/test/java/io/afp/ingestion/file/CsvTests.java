package io.afp.ingestion.file;

import io.afp.core.definition.CsvDef;
import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.OnChange;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Contract;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Tests of CSV files in a folder of their own, read by a contract of id and name. */
abstract class CsvTests extends FolderTests {

  static final TableDef TABLE =
      TableDef.named("raw.t").fromCsv("*.csv").column("id", "int").column("name", "string").build();

  List<String> accepted(String... names) {
    return texts(conform(source(names)).accepted());
  }

  /** Reason and value of each reject. */
  List<String> rejected(String... names) {
    return reasons(conform(source(names)));
  }

  static List<String> reasons(Contract.Conformed conformed) {
    return texts(
        conformed.rejected().selectExpr("explode(reasons) r").select("r.reason", "r.value"));
  }

  static Contract.Conformed conform(FileSource source) {
    return new Contract(TABLE, List.of()).conform(source.read(session()));
  }

  static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.get(0) + " " + row.get(1)).toList();
  }

  FileSource source(String... names) {
    return source(CsvDef.usual(), names);
  }

  FileSource source(CsvDef csv, String... names) {
    return source(csv, StandardCharsets.UTF_8, names);
  }

  FileSource source(CsvDef csv, Charset encoding, String... names) {
    List<String> addresses = Arrays.stream(names).map(this::address).toList();
    FileSourceDef definition =
        new FileSourceDef("*.csv", FileFormat.CSV, csv, encoding, List.of(), OnChange.RELOAD);
    return new FileSource(definition, addresses, List.of("id", "name"));
  }
}
