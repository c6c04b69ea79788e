package io.afp.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a file of the example, and those of a table, in the same words. */
final class SourceFile {

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(e\\d+)?");

  private SourceFile() {}

  /**
   * The rows of a file without quotes, or of all files of a folder, each with a tab between its
   * values.
   */
  static List<String> rows(Path data, String name) {
    Path folder = data.resolve(name);
    if (!Files.isDirectory(folder)) {
      return rows(data.resolve(name + ".csv.gz"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.flatMap(file -> rows(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> rows(Path file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(SourceFile::inWords).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String inWords(String line) {
    return Stream.of(line.split(",", -1)).map(SourceFile::number).collect(Collectors.joining("\t"));
  }

  /** All rows of a table whose columns are those of the file. */
  static List<String> rows(Dataset<Row> table) {
    String[] texts =
        Stream.of(table.schema().fields())
            .map(
                field ->
                    field.dataType().typeName().equals("timestamp")
                        ? "date_format(%s, \"yyyy-MM-dd'T'HH:mm:ss'Z'\")".formatted(field.name())
                        : "string(%s)".formatted(field.name()))
            .toArray(String[]::new);
    List<String> rows = new ArrayList<>();
    table.selectExpr(texts).toLocalIterator().forEachRemaining(row -> rows.add(inWords(row)));
    return rows;
  }

  private static String inWords(Row row) {
    return IntStream.range(0, row.length())
        .mapToObj(i -> row.isNullAt(i) ? "NA" : number(row.getString(i)))
        .collect(Collectors.joining("\t"));
  }

  /** One text for one number: {@code 1000}, {@code 1000.0} and {@code 1e3} are the same. */
  private static String number(String text) {
    return NUMBER.matcher(text).matches() ? Double.toString(Double.parseDouble(text)) : text;
  }
}
