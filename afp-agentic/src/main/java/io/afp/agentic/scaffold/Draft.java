package io.afp.agentic.scaffold;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.JdbcSourceDef;
import io.afp.core.definition.TableDef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What documents say of a project, from what was found in it.
 *
 * @param survey what was found
 * @param name of the project
 */
record Draft(Survey survey, String name) {

  static final String NOTHING = "None was found yet.";

  /** The variables of all templates. */
  Map<String, String> variables() {
    DraftModules parts = new DraftModules(survey);
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("name", name);
    variables.put("spark", survey.version("spark"));
    variables.put("iceberg", survey.version("iceberg"));
    variables.put("sources", sources());
    variables.put("source_table", sourceTable());
    variables.put("processing_table", processingTable());
    variables.put("table_table", tableTable());
    variables.put("modules", parts.modules());
    variables.put("rationale", parts.rationale());
    variables.put("flow", parts.flow());
    variables.put("plan", parts.plan());
    variables.put("dictionary", dictionary());
    DraftModel model = new DraftModel(survey.tables());
    variables.put("er_diagram", model.diagram());
    variables.put("ddl", model.ddl());
    variables.put("quality_rules", RuleCatalogue.of(survey));
    return variables;
  }

  private String sources() {
    String items =
        lines(
            sourceTables(),
            t ->
                "  - { id: %s, kind: %s, location: %s }"
                    .formatted(t.name().name(), kind(t), Quoted.yaml(location(t))));
    return items.isEmpty() ? "# sources: []" : "sources:\n" + items;
  }

  private String sourceTable() {
    return table(
        "| source | table | kind | where |\n|---|---|---|---|",
        sourceTables(),
        t ->
            "| %s | `%s` | %s | `%s` |"
                .formatted(t.name().name(), t.name(), kind(t), Quoted.cell(location(t))));
  }

  private List<TableDef> sourceTables() {
    return survey.tables().stream().filter(t -> t.source().isPresent()).toList();
  }

  static String kind(TableDef table) {
    if (table.fileSource().isPresent()) {
      return "files";
    }
    return table.jdbcSource().isPresent() ? "database" : "class";
  }

  private static String location(TableDef table) {
    return table
        .fileSource()
        .map(FileSourceDef::files)
        .or(() -> table.jdbcSource().map(JdbcSourceDef::connection))
        .orElseGet(() -> table.customSource().orElseThrow().type());
  }

  private String processingTable() {
    return table(
        "| pipeline | interval | schedule | owner |\n|---|---|---|---|",
        survey.pipelines(),
        p ->
            "| %s | %s | %s | %s |"
                .formatted(
                    p.name(),
                    p.interval().map(i -> i.unit().word()).orElse("none: as a whole"),
                    p.schedule().map(Quoted::cell).map("`%s`"::formatted).orElse("by hand"),
                    p.owner().map(Quoted::cell).orElse("nobody is named")));
  }

  private String tableTable() {
    return table(
        "| table | what a row is | columns | key | personal |\n|---|---|---|---|---|",
        survey.tables(),
        t ->
            "| `%s` | %s | %d | %s | %s |"
                .formatted(
                    t.name(),
                    t.description().map(Quoted::cell).orElse("not described"),
                    t.columns().size(),
                    t.key().isEmpty() ? "none" : "`%s`".formatted(String.join(", ", t.key())),
                    personal(t)));
  }

  private static String personal(TableDef table) {
    String names =
        table.columns().stream()
            .filter(ColumnDef::pii)
            .map(ColumnDef::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  private String dictionary() {
    String tables = lines(survey.tables(), Draft::columns).replace("\n\n\n", "\n\n");
    return tables.isEmpty() ? NOTHING : tables.strip();
  }

  private static String columns(TableDef table) {
    return "\n### %s\n\n%s\n\n%s\n"
        .formatted(
            table.name(),
            table.description().map(Quoted::line).orElse("Not described."),
            table(
                "| column | type | required | personal | checks | meaning |\n|---|---|---|---|---|---|",
                table.columns(),
                Draft::column));
  }

  private static String column(ColumnDef column) {
    return "| %s | %s | %s | %s | %d | %s |"
        .formatted(
            column.name(),
            column.type(),
            column.required() ? "yes" : "no",
            column.pii() ? column.protection().name().toLowerCase(Locale.ROOT) : "no",
            column.checks().size(),
            column.description().map(Quoted::cell).orElse(""));
  }

  static <T> String table(String head, List<T> items, Function<T, String> row) {
    return items.isEmpty() ? NOTHING : head + "\n" + lines(items, row);
  }

  static <T> String lines(List<T> items, Function<T, String> line) {
    return items.stream().map(line).collect(Collectors.joining("\n"));
  }
}
