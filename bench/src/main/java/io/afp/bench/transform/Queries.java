package io.afp.bench.transform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The queries of a pipeline: what is beside its table files. */
final class Queries {

  private Queries() {}

  /** The queries of the namespace {@code answer}, by the names of their tables. */
  static Map<String, String> of(Path pipeline) {
    try (Stream<Path> files = Files.list(pipeline.resolve("tables/answer"))) {
      Map<String, String> queries = new TreeMap<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
        String name = file.getFileName().toString().replace(".sql", "");
        queries.put(name, Files.readString(file));
      }
      return queries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A pipeline of so many models that do nothing. */
  static Path trivial(Path pipeline, int models) {
    try {
      Path tables = Files.createDirectories(pipeline.resolve("tables/answer"));
      Files.writeString(pipeline.resolve("pipeline.yaml"), "pipeline: trivial\n");
      for (int i = 1; i <= models; i++) {
        Path table = tables.resolve("t%02d.yaml".formatted(i));
        Files.writeString(table, "columns:\n  n: { type: int }\n");
        Files.writeString(
            tables.resolve("t%02d.sql".formatted(i)), "select %d as n\n".formatted(i));
      }
      return pipeline;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
