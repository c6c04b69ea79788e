package io.afp.observe.lineage;

import io.afp.core.error.ErrorCode;
import io.afp.core.settings.Settings;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunListener;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClient;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Sends an OpenLineage event for each event of a run. */
final class LineageListener implements RunListener {

  private static final URI PRODUCER = URI.create("urn:afp:" + Versions.afp());

  private final OpenLineage spec = new OpenLineage(PRODUCER);
  private final Supplier<OpenLineageClient> opening;
  private final Jobs jobs;
  private final RunFacts runs;
  private final StepData data;
  private OpenLineageClient client;

  LineageListener(Settings settings, Supplier<OpenLineageClient> opening) {
    this.opening = opening;
    this.jobs = new Jobs(spec, namespace(settings));
    this.runs = new RunFacts(spec, jobs);
    this.data = new StepData(spec, settings);
  }

  private static String namespace(Settings settings) {
    return settings
        .observability()
        .openlineageNamespace()
        .or(() -> Optional.ofNullable(System.getenv("OPENLINEAGE_NAMESPACE")))
        .orElse("afp");
  }

  @Override
  public void on(RunEvent event) {
    if (client == null) {
      client = opening.get();
    }
    client.emit(translated(event));
  }

  @Override
  public void end() throws Exception {
    if (client != null) {
      client.close();
    }
  }

  private OpenLineage.RunEvent translated(RunEvent event) {
    if (event instanceof RunEvent.RunStarted e) {
      EventType type = e.goesOn() ? EventType.RUNNING : EventType.START;
      return ofRun(e, type, runs.of(e.run()));
    } else if (event instanceof RunEvent.RunEnded e) {
      EventType type = e.problem().isPresent() ? EventType.FAIL : EventType.COMPLETE;
      return ofRun(e, type, runs.ended(e));
    } else if (event instanceof RunEvent.RunFailed e) {
      return ofRun(e, failed(e.why()), runs.failed(e.run(), e.why()));
    } else if (event instanceof RunEvent.RunAbandoned e) {
      return ofRun(e, EventType.ABORT, runs.of(e.run()));
    } else if (event instanceof RunEvent.StepStarted e) {
      return ofStep(e, e.step(), EventType.START, runs.of(e.run(), e.step()));
    } else if (event instanceof RunEvent.StepEnded e) {
      OpenLineage.Job job = jobs.of(e.run(), e.step());
      OpenLineage.Run run = run(e.step().id(), runs.ended(e));
      return made(e, EventType.COMPLETE, run, job, data.inputs(e), data.outputs(e));
    } else if (event instanceof RunEvent.StepFailed e) {
      return ofStep(e, e.step(), failed(e.why()), runs.failed(e.run(), e.step(), e.why()));
    }
    RunEvent.StepAbandoned e = (RunEvent.StepAbandoned) event;
    OpenLineage.Job job = jobs.of(e.run(), e.phase(), e.table());
    return made(e, EventType.ABORT, run(e.id(), runs.parent(e.run())), job);
  }

  private static EventType failed(ErrorCode why) {
    return why == ErrorCode.INTERRUPTED ? EventType.ABORT : EventType.FAIL;
  }

  private OpenLineage.RunEvent ofRun(RunEvent event, EventType type, OpenLineage.RunFacets facets) {
    return made(event, type, run(event.run().id(), facets), jobs.of(event.run()));
  }

  private OpenLineage.RunEvent ofStep(
      RunEvent event, RunEvent.Step step, EventType type, OpenLineage.RunFacets facets) {
    return made(event, type, run(step.id(), facets), jobs.of(event.run(), step));
  }

  private OpenLineage.Run run(UUID id, OpenLineage.RunFacets facets) {
    return spec.newRun(id, facets);
  }

  private OpenLineage.RunEvent made(
      RunEvent event, EventType type, OpenLineage.Run run, OpenLineage.Job job) {
    return made(event, type, run, job, List.of(), List.of());
  }

  private OpenLineage.RunEvent made(
      RunEvent event,
      EventType type,
      OpenLineage.Run run,
      OpenLineage.Job job,
      List<OpenLineage.InputDataset> inputs,
      List<OpenLineage.OutputDataset> outputs) {
    return spec.newRunEvent(event.at().atZone(ZoneOffset.UTC), type, run, job, inputs, outputs);
  }
}
