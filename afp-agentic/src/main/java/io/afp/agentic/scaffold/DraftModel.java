package io.afp.agentic.scaffold;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.TableDdl;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What documents say of the tables as a model of data: how they refer to each other, and DDL. */
record DraftModel(List<TableDef> tables) {

  /** An ER diagram of Mermaid: keys are those of definitions, lines are checks of references. */
  String diagram() {
    Stream<String> entities = tables.stream().map(DraftModel::entity);
    Stream<String> lines =
        tables.stream().flatMap(table -> table.allChecks().stream().flatMap(c -> line(table, c)));
    String drawn = Stream.concat(entities, lines).collect(Collectors.joining("\n"));
    return tables.isEmpty() ? Draft.NOTHING : "```mermaid\nerDiagram\n%s\n```".formatted(drawn);
  }

  private static String entity(TableDef table) {
    return table.columns().stream()
        .map(column -> attribute(table, column))
        .collect(Collectors.joining("\n", "  " + node(table.name()) + " {\n", "\n  }"));
  }

  private static String attribute(TableDef table, ColumnDef column) {
    List<String> keys = new ArrayList<>();
    if (table.key().contains(column.name())) {
      keys.add("PK");
    }
    if (column.checks().stream().anyMatch(c -> c.rule() instanceof CheckDef.References)) {
      keys.add("FK");
    }
    String type = column.type().kind().name().toLowerCase(Locale.ROOT);
    return "    %s %s %s".formatted(type, column.name(), String.join(", ", keys)).stripTrailing();
  }

  private static Stream<String> line(TableDef table, CheckDef check) {
    return check.rule() instanceof CheckDef.References to
        ? Stream.of(
            "  %s ||--o{ %s : \"%s\""
                .formatted(node(to.table()), node(table.name()), check.column().orElseThrow()))
        : Stream.empty();
  }

  private static String node(TableName name) {
    return name.toString().replace('.', '_');
  }

  /** The DDL of all tables but views. */
  String ddl() {
    String statements =
        tables.stream()
            .filter(table -> !table.isView())
            .map(TableDdl::of)
            .collect(Collectors.joining(";\n\n"));
    return statements.isEmpty() ? Draft.NOTHING : "```sql\n%s;\n```".formatted(statements);
  }
}
