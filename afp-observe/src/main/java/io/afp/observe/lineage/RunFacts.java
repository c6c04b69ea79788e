package io.afp.observe.lineage;

import io.afp.core.definition.Interval;
import io.afp.core.definition.Unit;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.RunRecord;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunEvent.Running;
import io.afp.core.spi.RunEvent.Step;
import io.openlineage.client.OpenLineage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** What is known of runs and steps, as facets of a run. */
record RunFacts(OpenLineage spec, Jobs jobs) {

  OpenLineage.RunFacets of(Running run) {
    return ofRun(run, List.of()).build();
  }

  OpenLineage.RunFacets ended(RunEvent.RunEnded event) {
    List<OpenLineage.TagsRunFacetFields> tags = new ArrayList<>();
    tags.add(tag("outcome", event.outcome()));
    event.release().ifPresent(release -> tags.add(tag("release", release.toString())));
    OpenLineage.RunFacetsBuilder facets = ofRun(event.run(), tags);
    event.problem().ifPresent(code -> facets.errorMessage(why(code, event.run())));
    return facets.build();
  }

  OpenLineage.RunFacets failed(Running run, ErrorCode why) {
    return ofRun(run, List.of()).errorMessage(why(why, run)).build();
  }

  private OpenLineage.RunFacetsBuilder ofRun(
      Running run, List<OpenLineage.TagsRunFacetFields> more) {
    RunRecord record = run.record();
    List<OpenLineage.TagsRunFacetFields> tags = new ArrayList<>();
    tags.add(tag("request", record.request()));
    record.runKey().ifPresent(key -> tags.add(tag("run_key", key)));
    tags.addAll(more);
    OpenLineage.RunFacetsBuilder facets = facets().tags(spec.newTagsRunFacet(tags));
    record.start().ifPresent(start -> facets.nominalTime(time(start, record.end().orElse(start))));
    return facets;
  }

  /** Facets that say which run a step belongs to. */
  OpenLineage.RunFacets parent(Running run) {
    return ofStep(run).build();
  }

  OpenLineage.RunFacets of(Running run, Step step) {
    return ofStep(run, step).build();
  }

  OpenLineage.RunFacets failed(Running run, Step step, ErrorCode why) {
    return ofStep(run, step).errorMessage(why(why, run)).build();
  }

  OpenLineage.RunFacets ended(RunEvent.StepEnded event) {
    return ofStep(event.run(), event.step())
        .tags(
            spec.newTagsRunFacet(
                List.of(
                    tag("attempt", Integer.toString(event.step().attempt())),
                    tag("rows_rejected", Long.toString(event.result().rowsRejected())))))
        .build();
  }

  private OpenLineage.RunFacetsBuilder ofStep(Running run, Step step) {
    OpenLineage.RunFacetsBuilder facets =
        ofStep(run)
            .tags(spec.newTagsRunFacet(List.of(tag("attempt", Integer.toString(step.attempt())))));
    List<Interval> times = Unit.ranges(step.units());
    if (!times.isEmpty()) {
      Instant end = times.get(times.size() - 1).end();
      facets.nominalTime(time(times.get(0).start(), end));
    }
    return facets;
  }

  private OpenLineage.RunFacetsBuilder ofStep(Running run) {
    String pipeline = run.record().pipeline();
    OpenLineage.ParentRunFacet parent =
        spec.newParentRunFacet(
            spec.newParentRunFacetRun(run.id(), null),
            spec.newParentRunFacetJob(jobs.namespace(), pipeline, null),
            spec.newParentRunFacetRoot(
                spec.newRootRun(run.id(), null),
                spec.newRootJob(jobs.namespace(), pipeline, null)));
    return facets().parent(parent);
  }

  private OpenLineage.RunFacetsBuilder facets() {
    return spec.newRunFacetsBuilder()
        .processing_engine(
            spec.newProcessingEngineRunFacet(Versions.spark(), "spark", Versions.afp()));
  }

  private OpenLineage.NominalTimeRunFacet time(Instant start, Instant end) {
    return spec.newNominalTimeRunFacet(utc(start), utc(end));
  }

  private static ZonedDateTime utc(Instant time) {
    return time.atZone(ZoneOffset.UTC);
  }

  /** The code and what it means: a message of a failure may show values, which stay at home. */
  private OpenLineage.ErrorMessageRunFacet why(ErrorCode code, Running run) {
    String message =
        "%s %s; `afp runs show %s` says more".formatted(code.code(), code.title(), run.id());
    return spec.newErrorMessageRunFacet(message, "JAVA", null);
  }

  private OpenLineage.TagsRunFacetFields tag(String key, String value) {
    return spec.newTagsRunFacetFields(key, value, "AFP");
  }
}
