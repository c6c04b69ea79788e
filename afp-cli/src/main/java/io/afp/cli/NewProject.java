package io.afp.cli;

import io.afp.core.text.Resource;
import java.nio.file.Path;
import java.util.List;

/**
 * A project to start from; what is in its files are resources.
 *
 * @param pipeline the name of its pipeline
 */
record NewProject(Path root, String pipeline, Kind kind) {

  /** The folder and the word that stand for the pipeline. */
  private static final String FOLDER = "/pipeline/";

  private static final String NAME = "@pipeline@";

  /** What it is written in. */
  enum Kind {
    /** Files of YAML and SQL. */
    PLAIN(
        "init/afp.yaml.template",
        "init/README.md.template",
        "init/.gitignore.template",
        "init/pipeline/pipeline.yaml.template",
        "init/pipeline/data/products.csv",
        "init/pipeline/data/orders-2024-01.csv",
        "init/pipeline/data/orders-2024-02.csv",
        "init/pipeline/tables/raw/products.yaml",
        "init/pipeline/tables/raw/orders.yaml",
        "init/pipeline/tables/core/sale.yaml",
        "init/pipeline/tables/core/sale.sql",
        "init/pipeline/tables/mart/sales_day.yaml",
        "init/pipeline/tables/mart/sales_day.sql"),

    /** The same beside a project of Maven with classes that the files name. */
    JAVA(
        "init-java/pom.xml.template",
        "init-java/afp.yaml.template",
        "init-java/README.md.template",
        "init-java/.gitignore.template",
        "init/pipeline/pipeline.yaml.template",
        "init-java/pipeline/data/products.csv",
        "init-java/pipeline/data/till-2024-01.txt",
        "init-java/pipeline/data/till-2024-02.txt",
        "init-java/pipeline/tables/raw/products.yaml.template",
        "init-java/pipeline/tables/raw/orders.yaml.template",
        "init-java/pipeline/tables/core/sale.yaml.template",
        "init/pipeline/tables/mart/sales_day.yaml",
        "init/pipeline/tables/mart/sales_day.sql",
        "init-java/src/main/java/example/pipeline/CommandSecrets.java.template",
        "init-java/src/main/java/example/pipeline/Ean.java.template",
        "init-java/src/main/java/example/pipeline/Sales.java.template",
        "init-java/src/main/java/example/pipeline/TillOrders.java.template",
        "init-java/src/main/resources/META-INF/services/io.afp.core.settings.SecretProvider.template",
        "init-java/src/test/java/example/pipeline/CommandSecretsTest.java.template",
        "init-java/src/test/java/example/pipeline/EanTest.java.template",
        "init-java/src/test/java/example/pipeline/PipelineTest.java.template",
        "init-java/src/test/java/example/pipeline/SalesTest.java.template",
        "init-java/src/test/java/example/pipeline/TillOrdersTest.java.template",
        "init-java/src/test/resources/log4j2-test.properties");

    private final List<String> templates;

    Kind(String... templates) {
      this.templates = List.of(templates);
    }
  }

  /** All its files. */
  List<NewFile> files() {
    return kind.templates.stream()
        .map(template -> new NewFile(root.resolve(place(template)), text(template)))
        .toList();
  }

  /**
   * Those that are not there yet.
   *
   * @throws io.afp.core.error.AfpException if one of them can't be written
   */
  List<NewFile> missing() {
    return NewFile.missing(files(), root);
  }

  /** Else the sources of AFP would have a project and a pipeline in them, and ignore files. */
  private String place(String template) {
    String name = template.substring(template.indexOf('/')).replaceFirst("\\.template$", "");
    return name.replace(FOLDER, "/" + pipeline + "/").substring(1);
  }

  private String text(String template) {
    return Resource.text(NewProject.class, template).replace(NAME, pipeline);
  }
}
