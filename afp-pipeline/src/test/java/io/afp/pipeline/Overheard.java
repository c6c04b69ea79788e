package io.afp.pipeline;

import io.afp.core.testing.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.EventLoggingListener;
import scala.Option;

/** What drivers in this process log, and what Spark writes into its event log meanwhile. */
final class Overheard implements AutoCloseable {

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AbstractAppender ear = new Ear();
  private final SparkContext spark = TestSpark.session().sparkContext();
  private final Path folder;
  private final EventLoggingListener events;
  private boolean closed;

  private Overheard(Path folder) {
    this.folder = folder;
    this.events =
        new EventLoggingListener(
            "canary", Option.empty(), folder.toUri(), spark.conf(), spark.hadoopConfiguration());
  }

  /** Listens to everything from Spark's and AFP's loggers, and keeps the event log in a folder. */
  static Overheard start(Path folder) throws IOException {
    Files.createDirectories(folder);
    Overheard overheard = new Overheard(folder);
    overheard.ear.start();
    ((LoggerContext) LogManager.getContext(false)).getRootLogger().addAppender(overheard.ear);
    Configurator.setLevel("io.afp", Level.TRACE);
    Configurator.setLevel("org.apache.spark", Level.INFO);
    overheard.events.start();
    overheard.spark.addSparkListener(overheard.events);
    return overheard;
  }

  /** All of it. */
  String text() {
    StringBuilder text = new StringBuilder(String.join("\n", lines));
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).forEach(file -> text.append(content(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Listens no longer. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      delivered();
      spark.removeSparkListener(events);
      events.stop();
      ((LoggerContext) LogManager.getContext(false)).getRootLogger().removeAppender(ear);
      Configurator.setLevel("io.afp", (Level) null);
      Configurator.setLevel("org.apache.spark", Level.WARN);
    }
  }

  private void delivered() {
    try {
      spark.listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Ear extends AbstractAppender {

    Ear() {
      super("overheard", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(event.getMessage().getFormattedMessage());
      for (Throwable t = event.getThrown(); t != null; t = t.getCause()) {
        lines.add(t.toString());
      }
    }
  }
}
