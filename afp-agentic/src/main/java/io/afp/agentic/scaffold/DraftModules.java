package io.afp.agentic.scaffold;

import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What documents say of the modules of a project and of how data flows through them. */
final class DraftModules {

  private final Survey survey;
  private final Map<TableName, List<TableName>> reads;

  /** The names of the modules of the build, by their paths. */
  private final SortedMap<String, String> code;

  /** From what was found. */
  DraftModules(Survey survey) {
    this.survey = survey;
    this.reads = survey.reads();
    this.code = names(survey.codeModules());
  }

  /** The last part of the path of each module of the build, or all of it where several end so. */
  private static SortedMap<String, String> names(List<String> modules) {
    Map<String, Long> times =
        modules.stream().collect(Collectors.groupingBy(Survey::id, Collectors.counting()));
    SortedMap<String, String> names = new TreeMap<>();
    for (String module : modules) {
      boolean alone = times.get(Survey.id(module)) == 1;
      names.put(module, Survey.id(alone ? module : module.replace('/', '-')));
    }
    return names;
  }

  String modules() {
    List<String> modules = new ArrayList<>();
    code.forEach(
        (path, name) ->
            modules.add(
                "  %s: { layer: common, purpose: %s, path: %s }"
                    .formatted(
                        name, Quoted.yaml("Code of the module " + path), Quoted.yaml(path))));
    survey.pipelines().forEach(pipeline -> modules.add(module(pipeline)));
    return modules.isEmpty() ? "  {}" : String.join("\n", modules);
  }

  private String module(PipelineDef pipeline) {
    String tables = Draft.lines(pipeline.tables(), t -> t.name().toString()).replace("\n", ", ");
    String files = Draft.lines(pipeline.tables(), t -> "      - " + file(pipeline, t));
    return """
      %s:
        layer: %s
        purpose: %s
        outputs: [%s]
        depends_on: [%s]
        deliverables:
          - %s
    %s"""
        .formatted(
            pipeline.name(),
            layer(pipeline),
            Quoted.yaml(pipeline.description().orElse("The pipeline " + pipeline.name())),
            tables,
            needs(pipeline),
            Quoted.yaml(survey.place(pipeline.folder().resolve(Project.PIPELINE_FILE))),
            files);
  }

  /** The other pipelines whose tables one reads. */
  private String needs(PipelineDef pipeline) {
    Set<TableName> read =
        pipeline.tables().stream()
            .flatMap(table -> reads.get(table.name()).stream())
            .collect(Collectors.toSet());
    return survey.pipelines().stream()
        .filter(other -> other.tables().stream().anyMatch(table -> read.contains(table.name())))
        .map(PipelineDef::name)
        .filter(name -> !name.equals(pipeline.name()))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private String file(PipelineDef pipeline, TableDef table) {
    TableName name = table.name();
    String file = "tables/%s/%s.yaml".formatted(name.namespace(), name.name());
    return Quoted.yaml(survey.place(pipeline.folder().resolve(file)));
  }

  private static String layer(PipelineDef pipeline) {
    boolean loads = pipeline.tables().stream().anyMatch(t -> t.source().isPresent());
    return loads ? "ingestion" : "transform";
  }

  String rationale() {
    List<String> sections = new ArrayList<>();
    for (String module : code.values()) {
      sections.add(
          "## %s\n\nA module of the build: its code is tested by itself.".formatted(module));
    }
    for (PipelineDef pipeline : survey.pipelines()) {
      long loaded = pipeline.tables().stream().filter(t -> t.source().isPresent()).count();
      sections.add(
          """
          ## %s

          A pipeline is published in one step, so its %d tables, %d of them loaded from sources, are always of one state. It is in `%s`."""
              .formatted(
                  pipeline.name(),
                  pipeline.tables().size(),
                  loaded,
                  survey.place(pipeline.folder())));
    }
    return sections.isEmpty() ? Draft.NOTHING : String.join("\n\n", sections);
  }

  String flow() {
    List<String> lines = new ArrayList<>();
    for (TableDef table : survey.tables()) {
      String node = node(table.name());
      lines.add("  %s[%s]".formatted(node, table.name()));
      table
          .source()
          .ifPresent(
              s -> lines.add("  %s_source([%s]) --> %1$s".formatted(node, Draft.kind(table))));
      reads.get(table.name()).forEach(read -> lines.add("  %s --> %s".formatted(node(read), node)));
      table
          .serve()
          .ifPresent(
              s -> lines.add("  %s --> %1$s_served[(postgres %s)]".formatted(node, s.target())));
    }
    String drawn = lines.isEmpty() ? "  nothing[no table yet]" : String.join("\n", lines);
    return "```mermaid\nflowchart LR\n%s\n```".formatted(drawn);
  }

  private static String node(TableName name) {
    return name.toString().replace('.', '_');
  }

  String plan() {
    List<String> rows = new ArrayList<>();
    code.values().forEach(m -> rows.add("| %s | nothing | its tests pass |".formatted(m)));
    for (PipelineDef pipeline : survey.pipelines()) {
      String needs = needs(pipeline);
      rows.add(
          "| %s | %s | `afp run %s` publishes |"
              .formatted(
                  pipeline.name(),
                  needs.isEmpty() ? "nothing" : needs,
                  survey.place(pipeline.folder())));
    }
    return rows.isEmpty()
        ? Draft.NOTHING
        : "| module | needs | done when |\n|---|---|---|\n" + String.join("\n", rows);
  }
}
