package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.Project;
import io.afp.core.ledger.RunRecord;
import io.afp.core.settings.Settings;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudienceTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  /** Remembers what it is told. */
  private static final class Listener implements RunListener {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void on(RunEvent event) {
      heard.add(event.getClass().getSimpleName());
    }

    @Override
    public void end() {
      heard.add("end");
    }
  }

  private static RunEvent event() {
    RunRecord run = RunRecord.begun(UUID.randomUUID(), "p", "all");
    PipelineDef pipeline = PipelineDef.named("p").build();
    return new RunEvent.RunStarted(
        Instant.now(),
        new RunEvent.Running(run, pipeline, "jdbc:postgresql://db/afp", Instant.now()),
        false);
  }

  @Test
  void listenersHearAllEventsInOrderAndThenTheEnd() {
    Listener listener = new Listener();
    try (Audience audience = new Audience(List.of(listener), LONG)) {
      audience.tell(AudienceTest::event);
      audience.tell(AudienceTest::event);
    }

    assertThat(listener.heard).containsExactly("RunStarted", "RunStarted", "end");
  }

  @Test
  void aListenerThatFailsTouchesNeitherTheRunNorTheOthers() {
    RunListener failing =
        event -> {
          throw new NoClassDefFoundError("a/jar/that/is/missing");
        };
    Listener listener = new Listener();
    try (Audience audience = new Audience(List.of(failing, listener), LONG)) {
      audience.tell(AudienceTest::event);
      audience.tell(
          () -> {
            throw new IllegalStateException("an event can't be made");
          });
    }

    assertThat(listener.heard).containsExactly("RunStarted", "end");
  }

  @Test
  void aListenerThatHangsHoldsTheEndOfARunUpForItsPatienceOnly() {
    CountDownLatch never = new CountDownLatch(1);
    RunListener hanging = event -> never.await();
    Instant start = Instant.now();

    Audience audience = new Audience(List.of(hanging), Duration.ofMillis(200));
    audience.tell(AudienceTest::event);
    audience.close();

    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void eventsAreNotMadeForNobody() {
    try (Audience nobody = Audience.none()) {
      nobody.tell(
          () -> {
            throw new AssertionError("an event was made");
          });
      assertThat(nobody.isEmpty()).isTrue();
    }
  }

  @Test
  void settingsThatAskForListenersWithoutTheirJarStopTheRunBeforeItBegins(@TempDir Path root)
      throws IOException {
    Files.writeString(root.resolve("afp.yaml"), "observability: { openlineage: console }\n");
    Settings settings = Settings.load(Project.at(root), Optional.empty(), Map.of());

    assertThatThrownBy(() -> Audience.of(settings)).hasMessageContaining("AFP-OBS-001");
  }
}
