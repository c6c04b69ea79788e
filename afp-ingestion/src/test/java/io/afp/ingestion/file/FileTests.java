package io.afp.ingestion.file;

import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Tests of files of one format in a folder of their own. */
abstract class FileTests extends FolderTests {

  abstract FileFormat format();

  /** A contract of columns such as {@code id int}. */
  static TableDef table(String... columns) {
    TableBuilder table = TableDef.named("raw.t").fromFiles("x", FileFormat.JSON);
    for (String column : columns) {
      table.column(column.substring(0, column.indexOf(' ')), type(column));
    }
    return table.build();
  }

  private static String type(String column) {
    return column.substring(column.indexOf(' ') + 1);
  }

  FileSource source(TableDef table, String... names) {
    List<String> addresses = Arrays.stream(names).map(this::address).toList();
    return new FileSource(FileSourceDef.of("x", format()), addresses, table.fields());
  }

  Contract.Conformed conform(TableDef table, String... names) {
    return new Contract(table, List.of()).conform(source(table, names).read(session()));
  }

  /** The values of each accepted row, in the order of the columns. */
  List<String> accepted(TableDef table, String... names) {
    return texts(conform(table, names).accepted());
  }

  /** Column, reason and value of each reject. */
  List<String> rejected(TableDef table, String... names) {
    return texts(
        conform(table, names)
            .rejected()
            .selectExpr("explode(reasons) r")
            .select("r.column", "r.reason", "r.value"));
  }

  static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining(" "))
                    .strip())
        .sorted()
        .toList();
  }

  /** How the read of a file fails, as a step would report it. */
  String failure(TableDef table, String name) {
    return failure(
        source(table, name), raw -> new Contract(table, List.of()).conform(raw).accepted());
  }

  byte[] bytes(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
