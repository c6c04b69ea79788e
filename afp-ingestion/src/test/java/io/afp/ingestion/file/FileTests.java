package io.afp.ingestion.file;

import io.afp.core.definition.FileFormat;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.lake.Contract;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;

/** Tests of files of one format in a folder of their own. */
abstract class FileTests {

  @TempDir Path folder;

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
    return new FileSource(FileSourceDef.of("x", format()), addresses, FileSource.columns(table));
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
    FileSource source = source(table, name);
    try {
      List<Layout> layouts = source.layouts(session());
      try {
        new Contract(table, List.of())
            .conform(source.read(session()))
            .accepted()
            .write()
            .format("noop")
            .mode("overwrite")
            .save();
      } catch (Exception e) {
        throw FileFailures.translate(
            TableName.parse("raw.t"), e, () -> source.firstBroken(session(), layouts));
      }
    } catch (AfpException e) {
      return e.getMessage();
    }
    return "none";
  }

  String address(String name) {
    return "file:" + folder.resolve(name);
  }

  void file(String name, String text) {
    file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  void file(String name, byte[] bytes) {
    try {
      Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As sessions on a branch are. */
  static SparkSession session() {
    SparkSession session = TestSpark.session().newSession();
    session.conf().set("spark.sql.csv.parser.columnPruning.enabled", false);
    session.conf().set("spark.sql.session.timeZone", "UTC");
    return session;
  }
}
