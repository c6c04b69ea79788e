package io.afp.core.definition;

import io.afp.core.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A project on disk with one pipeline {@code p}, as small as a test allows. */
final class ProjectFolder {

  static final String PIPELINE = "pipeline: p\ninterval: { unit: month, zone: UTC }\n";

  private final Path root;

  ProjectFolder(Path root) {
    this.root = root;
    file("afp.yaml", "");
    file("p/pipeline.yaml", PIPELINE);
  }

  Path root() {
    return root;
  }

  ProjectFolder file(String path, String text) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A source table of the pipeline {@code p}; the lines come after a valid first line. */
  ProjectFolder source(String name, String lines) {
    return table(name, "from: { files: \"x.csv\", format: csv }\n" + lines);
  }

  ProjectFolder model(String name, String lines) {
    file("p/tables/" + name.replace('.', '/') + ".sql", "select 1");
    return table(name, lines);
  }

  ProjectFolder table(String name, String text) {
    return file("p/tables/" + name.replace('.', '/') + ".yaml", text);
  }

  ProjectFolder pipeline(String text) {
    return file("p/pipeline.yaml", text);
  }

  CheckedPipeline check() {
    return PipelineReader.check(root.resolve("p"));
  }

  PipelineDef read() {
    return PipelineReader.read(root.resolve("p"));
  }

  List<Problem> problems() {
    return check().problems();
  }

  /** The problems, each as {@code file:line (path) CODE message -> fix}. */
  List<String> lines() {
    return problems().stream().map(ProjectFolder::line).toList();
  }

  static String line(Problem problem) {
    return "%s %s %s -> %s"
        .formatted(problem.location(), problem.code().code(), problem.message(), problem.fix());
  }
}
