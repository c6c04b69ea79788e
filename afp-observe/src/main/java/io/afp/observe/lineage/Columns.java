package io.afp.observe.lineage;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.lake.ColumnOrigin;
import io.openlineage.client.OpenLineage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The columns of tables, and what each is made of as far as that is known. */
record Columns(OpenLineage spec) {

  OpenLineage.SchemaDatasetFacet schema(TableDef table) {
    return spec.newSchemaDatasetFacet(
        table.columns().stream()
            .map(
                column ->
                    spec.newSchemaDatasetFacetFieldsBuilder()
                        .name(column.name())
                        .type(column.type().sql())
                        .description(column.description().orElse(null))
                        .build())
            .toList());
  }

  /** Columns of a source: each is read from one field, but for those that an expression makes. */
  OpenLineage.ColumnLineageDatasetFacet loaded(TableDef table, DatasetName source) {
    OpenLineage.ColumnLineageDatasetFacetFieldsBuilder fields =
        spec.newColumnLineageDatasetFacetFieldsBuilder();
    table.givenColumns().stream()
        .filter(column -> column.expr().isEmpty())
        .forEach(
            column ->
                fields.put(
                    column.name(),
                    madeOf(List.of(input(source, column.from(), false, isMasked(column))))));
    return spec.newColumnLineageDatasetFacet(fields.build(), null);
  }

  private static boolean isMasked(ColumnDef column) {
    return column.protection() == Pii.HASH || column.protection() == Pii.MASK;
  }

  /** Columns that are copied as they are. */
  OpenLineage.ColumnLineageDatasetFacet copied(TableDef table, DatasetName from) {
    OpenLineage.ColumnLineageDatasetFacetFieldsBuilder fields =
        spec.newColumnLineageDatasetFacetFieldsBuilder();
    table
        .columns()
        .forEach(
            column ->
                fields.put(
                    column.name(), madeOf(List.of(input(from, column.name(), true, false)))));
    return spec.newColumnLineageDatasetFacet(fields.build(), null);
  }

  /** Columns of a query; null where nothing is known. */
  OpenLineage.ColumnLineageDatasetFacet made(
      Map<String, Set<ColumnOrigin>> origins, Map<TableName, DatasetName> places) {
    if (origins.isEmpty()) {
      return null;
    }
    OpenLineage.ColumnLineageDatasetFacetFieldsBuilder fields =
        spec.newColumnLineageDatasetFacetFieldsBuilder();
    new TreeMap<>(origins)
        .forEach(
            (column, of) ->
                fields.put(
                    column,
                    madeOf(
                        of.stream()
                            .filter(origin -> places.containsKey(origin.table()))
                            .map(
                                origin ->
                                    input(
                                        places.get(origin.table()),
                                        origin.column(),
                                        origin.unchanged(),
                                        false))
                            .toList())));
    return spec.newColumnLineageDatasetFacet(fields.build(), null);
  }

  private OpenLineage.InputField input(
      DatasetName dataset, String column, boolean unchanged, boolean masked) {
    OpenLineage.InputFieldTransformations how =
        spec.newInputFieldTransformationsBuilder()
            .type("DIRECT")
            .subtype(unchanged ? "IDENTITY" : "TRANSFORMATION")
            .masking(masked)
            .build();
    return spec.newInputField(dataset.namespace(), dataset.name(), column, List.of(how));
  }

  private OpenLineage.ColumnLineageDatasetFacetFieldsAdditional madeOf(
      List<OpenLineage.InputField> inputs) {
    return spec.newColumnLineageDatasetFacetFieldsAdditional(inputs, null, null);
  }
}
