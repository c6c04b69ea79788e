package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.spi.Inputs;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

final class StepGraphTest {

  private final List<String> ran = new CopyOnWriteArrayList<>();

  @Test
  void aStepRunsBehindThoseThatItReads() {
    StepGraph.Failed failed =
        new StepGraph(
                List.of(step("a"), step("b", "a"), step("c", "a"), step("d", "b", "c", "other")), 4)
            .run(step -> ran.add(step.name().name()));

    assertThat(failed.isEmpty()).isTrue();
    assertThat(ran).hasSize(4).startsWith("a").endsWith("d");
  }

  @Test
  void stepsThatDoNotReadEachOtherRunAtTheSameTime() {
    CyclicBarrier both = new CyclicBarrier(2);
    StepGraph.Failed failed =
        new StepGraph(List.of(step("a"), step("b")), 2).run(step -> meet(both));

    assertThat(failed.failures()).as("neither waited for the end of the other").isEmpty();
  }

  @Test
  void withOneThreadTheyRunOneAfterTheOtherInTheOrderOfThePlan() {
    new StepGraph(List.of(step("b"), step("a"), step("c")), 1)
        .run(step -> ran.add(step.name().name()));

    assertThat(ran).containsExactly("b", "a", "c");
  }

  @Test
  void aFailureSkipsWhatIsMadeOfItAndNothingElse() {
    StepGraph.Failed failed =
        new StepGraph(
                List.of(step("a"), step("b", "a"), step("c", "b"), step("d"), step("e", "d")), 2)
            .run(
                step -> {
                  ran.add(step.name().name());
                  if (step.name().name().equals("a")) {
                    throw new IllegalStateException("broken");
                  }
                });

    assertThat(ran).containsExactlyInAnyOrder("a", "d", "e");
    assertThat(failed.failures()).containsOnlyKeys(TableName.parse("core.a"));
    assertThat(failed.failures().values())
        .first()
        .hasToString("java.lang.IllegalStateException: broken");
    assertThat(failed.skipped()).extracting(s -> s.name().name()).containsExactly("b", "c");
  }

  @Test
  void allFailuresAreToldInTheOrderOfThePlanAlsoThoseOfTheVirtualMachine() {
    StepGraph.Failed failed =
        new StepGraph(List.of(step("b"), step("a")), 2)
            .run(
                step -> {
                  throw new OutOfMemoryError(step.name().name());
                });

    assertThat(failed.failures().values())
        .extracting(Throwable::getMessage)
        .containsExactly("b", "a");
  }

  @Test
  void linesOfTheLogKnowTheRunOnEveryThread() {
    MDC.put("mdc.pipeline", "shop");
    try {
      new StepGraph(List.of(step("a")), 2).run(step -> ran.add(MDC.get("mdc.pipeline")));
    } finally {
      MDC.remove("mdc.pipeline");
    }

    assertThat(ran).containsExactly("shop");
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Plan.Step step(String name, String... reads) {
    TableDef table = TableDef.named("core." + name).sql("select 1").column("id", "int").build();
    return new Plan.Step(
        table,
        null,
        Inputs.ofTables(
            Arrays.stream(reads)
                .map(r -> TableName.parse("core." + r))
                .collect(Collectors.toSet())),
        List.of(),
        Plan.Way.USUAL);
  }
}
