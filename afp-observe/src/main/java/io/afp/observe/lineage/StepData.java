package io.afp.observe.lineage;

import io.afp.core.definition.JdbcSourceDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.ledger.Phase;
import io.afp.core.settings.Settings;
import io.afp.core.spi.RunEvent.Result;
import io.afp.core.spi.RunEvent.Running;
import io.afp.core.spi.RunEvent.Step;
import io.afp.core.spi.RunEvent.StepEnded;
import io.openlineage.client.OpenLineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The datasets that a step read and wrote. */
final class StepData {

  private final OpenLineage spec;
  private final Settings settings;
  private final Quality quality;
  private final Columns columns;

  StepData(OpenLineage spec, Settings settings) {
    this.spec = spec;
    this.settings = settings;
    this.quality = new Quality(spec);
    this.columns = new Columns(spec);
  }

  List<OpenLineage.InputDataset> inputs(StepEnded event) {
    List<OpenLineage.InputDataset> inputs = new ArrayList<>();
    if (readsSource(event.step())) {
      sourceDataset(event).ifPresent(name -> inputs.add(source(event, name)));
    }
    new TreeMap<>(event.result().read())
        .forEach((table, place) -> inputs.add(tableRead(event, table, place)));
    return inputs;
  }

  /** Not where rows that were kept beside the table are read in place of it. */
  private static boolean readsSource(Step step) {
    return step.phase() == Phase.INGEST && !step.replay();
  }

  private OpenLineage.InputDataset source(StepEnded event, DatasetName name) {
    Optional<SourceFiles> files = sourceFiles(event);
    return spec.newInputDataset(
        name.namespace(),
        name.name(),
        null,
        spec.newInputDatasetInputFacetsBuilder()
            .inputStatistics(
                spec.newInputStatisticsInputDatasetFacet(
                    event.result().rowsIn(),
                    files.map(SourceFiles::bytes).orElse(null),
                    files.map(SourceFiles::count).orElse(null)))
            .build());
  }

  /** Files or a table; what a query of a database reads is known to the database alone. */
  private Optional<DatasetName> sourceDataset(StepEnded event) {
    return sourceFiles(event)
        .map(SourceFiles::name)
        .or(() -> event.step().table().jdbcSource().flatMap(this::databaseTable));
  }

  private static Optional<SourceFiles> sourceFiles(StepEnded event) {
    return event
        .step()
        .table()
        .fileSource()
        .map(source -> new SourceFiles(event.run().pipeline(), source, event.step().inputs()));
  }

  private Optional<DatasetName> databaseTable(JdbcSourceDef source) {
    return Optional.ofNullable(settings.connections().get(source.connection()))
        .filter(connection -> source.relation() instanceof JdbcSourceDef.NamedTable)
        .map(
            connection ->
                DatasetName.of(
                    connection.uri(), ((JdbcSourceDef.NamedTable) source.relation()).parts()));
  }

  /** A table of the lake; the one that a step judges with what was found in it. */
  private OpenLineage.InputDataset tableRead(StepEnded event, TableName table, String place) {
    DatasetName name = DatasetName.of(place);
    OpenLineage.InputDatasetInputFacets facets =
        event.step().phase() == Phase.QUALITY
            ? quality.facets(event.step().table(), event.result())
            : null;
    return spec.newInputDataset(
        name.namespace(), name.name(), lakeTable(event.run(), table, Optional.empty()), facets);
  }

  List<OpenLineage.OutputDataset> outputs(StepEnded event) {
    List<OpenLineage.OutputDataset> outputs = new ArrayList<>();
    if (event.step().phase() == Phase.SERVE) {
      outputs.add(served(event));
    }
    new TreeMap<>(event.result().wrote())
        .forEach((table, place) -> outputs.add(tableWritten(event, table, place)));
    return outputs;
  }

  private OpenLineage.OutputDataset tableWritten(StepEnded event, TableName table, String place) {
    DatasetName name = DatasetName.of(place);
    Optional<StepEnded> writer =
        Optional.of(event).filter(e -> table.equals(e.step().table().name()));
    return spec.newOutputDataset(
        name.namespace(),
        name.name(),
        lakeTable(event.run(), table, writer),
        writer
            .map(StepEnded::result)
            .filter(result -> result.snapshot().isPresent())
            .map(this::statistics)
            .orElse(null));
  }

  private OpenLineage.OutputDatasetOutputFacets statistics(Result result) {
    Long files = result.files().isPresent() ? result.files().getAsLong() : null;
    return spec.newOutputDatasetOutputFacetsBuilder()
        .outputStatistics(
            spec.newOutputStatisticsOutputDatasetFacet(result.rowsOut(), result.bytes(), files))
        .build();
  }

  private OpenLineage.OutputDataset served(StepEnded event) {
    TableDef table = event.step().table();
    TableName target = table.serve().orElseThrow().target();
    String database = settings.serving().uri().orElse(event.run().catalog());
    DatasetName name = DatasetName.of(database, List.of(target.namespace(), target.name()));
    OpenLineage.DatasetFacetsBuilder facets =
        spec.newDatasetFacetsBuilder().schema(columns.schema(table));
    event.result().read().values().stream()
        .findFirst()
        .map(place -> columns.copied(table, DatasetName.of(place)))
        .ifPresent(facets::columnLineage);
    return spec.newOutputDataset(
        name.namespace(), name.name(), facets.build(), statistics(event.result()));
  }

  private OpenLineage.DatasetFacets lakeTable(
      Running run, TableName table, Optional<StepEnded> writer) {
    OpenLineage.DatasetFacetsBuilder facets =
        spec.newDatasetFacetsBuilder()
            .symlinks(symlink(run, table))
            .catalog(
                spec.newCatalogDatasetFacetBuilder()
                    .framework("iceberg")
                    .type("jdbc")
                    .name("lake")
                    .metadataUri(run.catalog())
                    .warehouseUri(settings.lake().warehouse())
                    .source("AFP")
                    .build());
    writer
        .map(event -> event.step().table())
        .or(() -> run.pipeline().table(table))
        .ifPresent(known -> describe(known, facets));
    writer.ifPresent(event -> written(event, facets));
    return facets.build();
  }

  private OpenLineage.SymlinksDatasetFacet symlink(Running run, TableName table) {
    return spec.newSymlinksDatasetFacet(
        List.of(
            spec.newSymlinksDatasetFacetIdentifiers(
                DatasetName.ofCatalog(run.catalog()), table.toString(), "TABLE")));
  }

  private void describe(TableDef table, OpenLineage.DatasetFacetsBuilder facets) {
    facets.schema(columns.schema(table));
    table
        .description()
        .ifPresent(text -> facets.documentation(spec.newDocumentationDatasetFacet(text, null)));
  }

  private void written(StepEnded event, OpenLineage.DatasetFacetsBuilder facets) {
    Step step = event.step();
    event
        .result()
        .snapshot()
        .ifPresent(id -> facets.version(spec.newDatasetVersionDatasetFacet(Long.toString(id))));
    facets.columnLineage(
        readsSource(step)
            ? sourceDataset(event).map(name -> columns.loaded(step.table(), name)).orElse(null)
            : columns.made(event.result().columns(), places(event.result())));
  }

  private static Map<TableName, DatasetName> places(Result result) {
    Map<TableName, DatasetName> places = new TreeMap<>();
    result.read().forEach((table, place) -> places.put(table, DatasetName.of(place)));
    return places;
  }
}
