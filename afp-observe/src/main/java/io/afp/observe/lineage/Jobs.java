package io.afp.observe.lineage;

import io.afp.core.definition.JdbcSourceDef;
import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.ledger.Phase;
import io.afp.core.spi.RunEvent.Running;
import io.afp.core.spi.RunEvent.Step;
import io.openlineage.client.OpenLineage;
import java.util.List;
import java.util.Optional;

/**
 * Jobs by their names: a pipeline, {@code <pipeline>.<table>} for what fills a table, and the same
 * with {@code .quality} or {@code .serve} behind it.
 */
record Jobs(OpenLineage spec, String namespace) {

  OpenLineage.Job of(Running run) {
    OpenLineage.JobFacetsBuilder facets = facets("PIPELINE");
    run.pipeline().owner().ifPresent(owner -> facets.ownership(ownedBy(owner)));
    run.pipeline()
        .description()
        .ifPresent(text -> facets.documentation(spec.newDocumentationJobFacet(text, null)));
    return spec.newJob(namespace, run.pipeline().name(), facets.build());
  }

  OpenLineage.Job of(Running run, Step step) {
    OpenLineage.JobFacetsBuilder facets = facets("TABLE");
    run.pipeline().owner().ifPresent(owner -> facets.ownership(ownedBy(owner)));
    if (step.phase().fills()) {
      query(step.table()).ifPresent(facets::sql);
    }
    return spec.newJob(namespace, name(run, step.phase(), step.table().name()), facets.build());
  }

  /** One of which nothing but its name is known. */
  OpenLineage.Job of(Running run, Phase phase, TableName table) {
    return spec.newJob(namespace, name(run, phase, table), facets("TABLE").build());
  }

  private static String name(Running run, Phase phase, TableName table) {
    String name = run.record().pipeline() + "." + table;
    return phase.fills() ? name : name + "." + phase.label();
  }

  private OpenLineage.JobFacetsBuilder facets(String type) {
    return spec.newJobFacetsBuilder().jobType(spec.newJobTypeJobFacet("BATCH", "AFP", type, null));
  }

  private OpenLineage.OwnershipJobFacet ownedBy(String owner) {
    return spec.newOwnershipJobFacet(List.of(spec.newOwnershipJobFacetOwners(owner, null)));
  }

  private Optional<OpenLineage.SQLJobFacet> query(TableDef table) {
    Optional<String> model = table.query().map(ModelDef.Query::withoutEnd);
    Optional<OpenLineage.SQLJobFacet> ofModel = model.map(sql -> spec.newSQLJobFacet(sql, "spark"));
    return ofModel.or(
        () ->
            table
                .jdbcSource()
                .map(JdbcSourceDef::relation)
                .filter(JdbcSourceDef.Query.class::isInstance)
                .map(query -> spec.newSQLJobFacet(((JdbcSourceDef.Query) query).body(), null)));
  }
}
