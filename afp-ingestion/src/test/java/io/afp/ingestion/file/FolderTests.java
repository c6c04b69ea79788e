package io.afp.ingestion.file;

import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.lake.RawRows;
import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;

/** Tests of files in a folder of their own. */
abstract class FolderTests {

  @TempDir Path folder;

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

  static SparkSession session() {
    return TestSpark.likeOnBranch();
  }

  /** How the read of files fails, as a step would report it. */
  static String failure(FileSource source, Function<RawRows, Dataset<Row>> read) {
    SparkSession session = session();
    try {
      List<Layout> layouts = source.layouts(session);
      try {
        Dataset<Row> rows = read.apply(source.read(session));
        rows.write().format("noop").mode("overwrite").save();
      } catch (Exception e) { // Spark throws checked exceptions that it does not declare
        throw FileFailures.translate(
            TableName.parse("raw.t"), e, () -> source.firstBroken(session, layouts));
      }
    } catch (AfpException e) {
      return e.getMessage();
    }
    return "none";
  }
}
