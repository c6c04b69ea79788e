package io.afp.core.schema;

import io.afp.core.definition.DefinitionShapes;
import io.afp.core.settings.SettingsShapes;
import io.afp.core.yaml.Fields;
import java.nio.file.Path;
import java.util.Locale;

/** The kinds of YAML files that a project has. */
enum YamlFile {
  PIPELINE("pipeline.yaml of AFP", DefinitionShapes.PIPELINE),
  TABLE("Table file of AFP", DefinitionShapes.TABLE),
  CHECKS("Checks file of AFP", DefinitionShapes.CHECKS),
  AFP("afp.yaml", SettingsShapes.AFP);

  private static final Path SCHEMAS = Path.of("src/main/resources/io/afp/core/schema");

  final String title;
  final Fields<?> shape;

  YamlFile(String title, Fields<?> shape) {
    this.title = title;
    this.shape = shape;
  }

  static YamlFile named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * How such a file is called; a table file is called after its table, a checks file ends like
   * this.
   */
  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".yaml";
  }

  Path schema() {
    return SCHEMAS.resolve(name().toLowerCase(Locale.ROOT) + ".schema.json");
  }
}
