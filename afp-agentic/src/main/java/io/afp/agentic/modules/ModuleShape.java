package io.afp.agentic.modules;

import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Placed;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What {@code module_structure.yaml} may hold. */
final class ModuleShape {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final Scalar<String> TEXT = Scalar.text("a text");
  private static final Scalar<String> KEY =
      Scalar.parsed("a lower-case name such as ingestion", ModuleShape::name).like(NAME);

  private static final Field<Placed.At<String>> LAYER =
      Field.required("layer", new Placed<>(TEXT), "One of the layers");
  private static final Field<String> PURPOSE =
      Field.required("purpose", TEXT, "What it is for, in a sentence");
  private static final Field<String> PATH = Field.optional("path", TEXT, "The folder of its code");
  private static final Field<List<String>> INPUTS = texts("inputs", "What it reads");
  private static final Field<List<String>> OUTPUTS = texts("outputs", "What it gives");
  private static final Field<List<String>> DEPENDS_ON = texts("depends_on", "Modules it needs");
  private static final Field<List<String>> REQUIREMENTS =
      texts("requirements", "Requirements that it meets");
  private static final Field<List<String>> DELIVERABLES =
      texts("deliverables", "Files that it has to have");

  private static final Fields<Module> MODULE =
      new Fields<>(
          "a mapping such as { layer: ingestion, purpose: Lands the orders }",
          List.of(LAYER, PURPOSE, PATH, INPUTS, OUTPUTS, DEPENDS_ON, REQUIREMENTS, DELIVERABLES),
          ModuleShape::module);

  private static final Field<List<String>> LAYERS =
      Field.optional(
          "layers",
          new Items<>(TEXT, "a list of layers, the lowest first"),
          ModuleStructure.LAYERS,
          "From the lowest to the highest");
  private static final Field<Map<String, Module>> MODULES =
      Field.required(
          "modules",
          new Entries<>(KEY, MODULE, "a mapping of modules by their names"),
          "The modules by their names");

  /** The whole file. */
  static final Fields<ModuleStructure> SHAPE =
      new Fields<>(
          "a mapping with the key modules",
          List.of(LAYERS, MODULES),
          r -> new ModuleStructure(r.get(LAYERS), named(r.get(MODULES))));

  private ModuleShape() {}

  private static Field<List<String>> texts(String name, String doc) {
    return Field.optional(name, new Items<>(TEXT, "a list of texts"), List.of(), doc);
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("'%s' is no name of a module".formatted(text));
    }
    return text;
  }

  /** Without its name, which is the key around it. */
  private static Module module(Reading r) {
    return new Module(
        "",
        r.get(LAYER).value(),
        r.get(PURPOSE),
        r.find(PATH),
        r.get(INPUTS),
        r.get(OUTPUTS),
        r.get(DEPENDS_ON),
        r.get(REQUIREMENTS),
        r.get(DELIVERABLES),
        r.get(LAYER).location().line());
  }

  private static List<Module> named(Map<String, Module> modules) {
    return modules.entrySet().stream().map(e -> e.getValue().named(e.getKey())).toList();
  }
}
