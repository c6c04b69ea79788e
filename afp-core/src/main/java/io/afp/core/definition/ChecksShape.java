package io.afp.core.definition;

import io.afp.core.yaml.Entries;
import io.afp.core.yaml.Field;
import io.afp.core.yaml.Fields;
import io.afp.core.yaml.Items;
import io.afp.core.yaml.Reading;
import io.afp.core.yaml.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a checks file may hold: the rules of a table that no pipeline fills. */
final class ChecksShape {

  private static final Field<TableName> TABLE =
      Field.required(
          "table",
          Scalar.parsed("namespace.name", TableName::parse).like(TableName.WHOLE),
          "What the table is called here: in the names of its checks, and in queries by its name"
              + " without the namespace");
  private static final Field<String> DESCRIPTION =
      Field.optional("description", Scalars.TEXT, "What a row of the table means");
  private static final Field<Boolean> REQUIRED =
      Field.withDefault("required", Scalar.flag(), "false", "Whether null is not allowed");
  private static final Field<Boolean> PII =
      Field.withDefault(
          "pii",
          Scalar.flag(),
          "false",
          "Whether the value is personal: rows that break a check show `******` in its place");
  private static final Field<String> COLUMN_DESCRIPTION =
      Field.optional("description", Scalars.TEXT, "What the value means");
  private static final Field<Map<String, Draft>> COLUMNS =
      Field.optional(
              "columns",
              new Entries<>(
                  Scalar.parsed("the name of a column", FieldName::require),
                  new Fields<>(
                      "a mapping such as { required: true }",
                      List.of(REQUIRED, PII, COLUMN_DESCRIPTION, ColumnShape.CHECKS),
                      Draft::new),
                  "a mapping such as id: { required: true }"),
              Map.of(),
              "The columns that rules are about, by the names that the data has, without types;"
                  + " others need not be named")
          .otherwise("none");
  private static final Field<List<String>> KEY =
      Field.optional(
              "key",
              new Items<>(Scalars.TEXT, "a list of columns"),
              List.of(),
              "The columns that identify a row. Implies the check `<table>.key`")
          .otherwise("none");

  static final Fields<TableDef> SHAPE =
      new Fields<>(
          "the keys of a checks file",
          List.of(TABLE, DESCRIPTION, COLUMNS, KEY, TableShape.CHECKS),
          ChecksShape::table);

  private ChecksShape() {}

  /** A column that does not know its table and its name yet. */
  private record Draft(Reading read) {

    ColumnDef named(TableName table, String name) {
      return new ColumnDef(
          name,
          ColumnShape.ANY_TYPE,
          read.get(REQUIRED),
          read.get(PII) ? Pii.TRUE : Pii.FALSE,
          read.find(COLUMN_DESCRIPTION),
          Optional.empty(),
          EntryDef.none(),
          read.get(ColumnShape.CHECKS).stream().map(c -> c.ofColumn(table, name)).toList());
    }
  }

  private static TableDef table(Reading r) {
    TableName name = r.get(TABLE);
    List<ColumnDef> columns =
        r.get(COLUMNS).entrySet().stream().map(e -> e.getValue().named(name, e.getKey())).toList();
    List<CheckDef> checks =
        r.get(TableShape.CHECKS).stream().map(c -> c.ofTable(name, Optional.empty())).toList();
    return TableChecks.table(name, r.find(DESCRIPTION), columns, r.get(KEY), checks);
  }
}
