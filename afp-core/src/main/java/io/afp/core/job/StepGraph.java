package io.afp.core.job;

import io.afp.core.definition.TableName;
import io.afp.core.logging.RunLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Steps that run side by side, each behind those whose tables it reads. When one fails, those that
 * are made of it are skipped; all others are run to their end.
 */
final class StepGraph {

  private final List<Plan.Step> steps;
  private final int threads;

  /**
   * A graph.
   *
   * @param steps each behind those whose tables it reads
   * @param threads how many of them run at the same time at most
   */
  StepGraph(List<Plan.Step> steps, int threads) {
    this.steps = List.copyOf(steps);
    this.threads = threads;
  }

  /**
   * The steps that did not succeed, in the order of the plan.
   *
   * @param failures why those that were run failed
   * @param skipped those that were not run
   */
  record Failed(Map<TableName, Throwable> failures, List<Plan.Step> skipped) {

    boolean isEmpty() {
      return failures.isEmpty();
    }
  }

  /** Runs all of them; returns when none is at work any more. */
  Failed run(Consumer<Plan.Step> work) {
    Map<TableName, Throwable> failures = new ConcurrentHashMap<>();
    Map<TableName, CompletableFuture<Void>> ends = new LinkedHashMap<>();
    ExecutorService pool = pool();
    try {
      for (Plan.Step step : steps) {
        Runnable task = task(step, work, failures);
        ends.put(step.name(), upstream(step, ends).thenRunAsync(task, pool));
      }
      return failed(ends, failures);
    } finally {
      pool.shutdown();
    }
  }

  /** Their lines in the log belong to the run, too. */
  private ExecutorService pool() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        Math.max(1, Math.min(threads, steps.size())),
        RunLog.threads(() -> "afp-step-" + number.incrementAndGet()));
  }

  private static CompletableFuture<Void> upstream(
      Plan.Step step, Map<TableName, CompletableFuture<Void>> ends) {
    return CompletableFuture.allOf(
        step.inputs().tables().stream()
            .flatMap(table -> Optional.ofNullable(ends.get(table)).stream())
            .toArray(CompletableFuture[]::new));
  }

  private static Runnable task(
      Plan.Step step, Consumer<Plan.Step> work, Map<TableName, Throwable> failures) {
    return () -> {
      try {
        work.accept(step);
      } catch (Exception | Error e) { // also a lack of memory is the failure of this step
        failures.put(step.name(), e);
        throw e;
      }
    };
  }

  private Failed failed(
      Map<TableName, CompletableFuture<Void>> ends, Map<TableName, Throwable> failures) {
    List<Plan.Step> stopped = new ArrayList<>();
    for (Plan.Step step : steps) {
      try {
        ends.get(step.name()).join();
      } catch (CompletionException e) {
        stopped.add(step);
      }
    }
    Predicate<Plan.Step> ran = step -> failures.containsKey(step.name());
    Map<TableName, Throwable> inOrder = new LinkedHashMap<>();
    stopped.stream().filter(ran).forEach(s -> inOrder.put(s.name(), failures.get(s.name())));
    return new Failed(inOrder, stopped.stream().filter(ran.negate()).toList());
  }
}
