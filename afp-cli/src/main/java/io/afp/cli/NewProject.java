package io.afp.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The files of a project to start from; what is in them are the resources below {@code init}. */
final class NewProject {

  /** The folder and the word that stand for the pipeline. */
  private static final String FOLDER = "pipeline/";

  private static final String NAME = "@pipeline@";

  private static final List<String> TEMPLATES =
      List.of(
          "afp.yaml.template",
          "README.md.template",
          ".gitignore.template",
          "pipeline/pipeline.yaml.template",
          "pipeline/data/products.csv",
          "pipeline/data/orders-2024-01.csv",
          "pipeline/data/orders-2024-02.csv",
          "pipeline/tables/raw/products.yaml",
          "pipeline/tables/raw/orders.yaml",
          "pipeline/tables/core/sale.yaml",
          "pipeline/tables/core/sale.sql",
          "pipeline/tables/mart/sales_day.yaml",
          "pipeline/tables/mart/sales_day.sql");

  private NewProject() {}

  /** All files of a project with one pipeline. */
  static List<NewFile> files(Path root, String pipeline) {
    return TEMPLATES.stream()
        .map(
            template ->
                new NewFile(
                    root.resolve(place(template, pipeline)),
                    text(template).replace(NAME, pipeline)))
        .toList();
  }

  /**
   * Those that are not there yet.
   *
   * @throws io.afp.core.error.AfpException if one of them can't be written
   */
  static List<NewFile> missing(Path root, String pipeline) {
    List<NewFile> missing = files(root, pipeline).stream().filter(file -> !file.isThere()).toList();
    missing.forEach(NewFile::requireWritable);
    return missing;
  }

  /** Else the sources of AFP would have a project and a pipeline in them, and ignore files. */
  private static String place(String template, String pipeline) {
    String name = template.replaceFirst("\\.template$", "");
    return name.startsWith(FOLDER) ? pipeline + "/" + name.substring(FOLDER.length()) : name;
  }

  private static String text(String template) {
    try (InputStream file = NewProject.class.getResourceAsStream("init/" + template)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
