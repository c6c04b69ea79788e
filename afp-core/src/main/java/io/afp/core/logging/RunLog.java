package io.afp.core.logging;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * What every log line of a run says about the run.
 *
 * <p>The correlation id is a system property, so that lines of threads that nobody has told about
 * the run carry it too; pipeline, step and attempt are in the MDC. Keys of the MDC start with
 * {@code mdc.}, because Spark hands exactly those on to its tasks.
 */
public final class RunLog {

  /** The system property that the log pattern reads. */
  public static final String CORRELATION_ID = "afp.correlation-id";

  /** The logger of progress; the command shows its lines to the user. */
  public static final String PROGRESS = "io.afp.progress";

  private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f-]{36}");
  private static final String PIPELINE = "mdc.pipeline";
  private static final String ATTEMPT = "mdc.attempt";
  private static final String STEP = "mdc.step";

  private RunLog() {}

  /** From here on all lines of this process belong to the run. */
  public static void begin(UUID runId, String pipeline) {
    System.setProperty(CORRELATION_ID, runId.toString());
    MDC.put(PIPELINE, pipeline);
  }

  /** The run of this process; empty before it is known, and where it only asks a question. */
  public static Optional<UUID> runId() {
    return Optional.ofNullable(System.getProperty(CORRELATION_ID))
        .filter(text -> UUID_TEXT.matcher(text).matches())
        .map(UUID::fromString);
  }

  /** From here on the lines of this thread belong to the attempt. */
  public static void attempt(int number) {
    MDC.put(ATTEMPT, Integer.toString(number));
  }

  /** From here on the lines of this thread belong to the step; null ends it. */
  public static void step(String step) {
    if (step == null) {
      MDC.remove(STEP);
    } else {
      MDC.put(STEP, step);
    }
  }

  /** Makes threads whose lines say what those of this thread say now. */
  public static ThreadFactory threads(Supplier<String> names) {
    Map<String, String> context = context();
    return task ->
        new Thread(
            () -> {
              MDC.setContextMap(context);
              task.run();
            },
            names.get());
  }

  /** What tasks on executors should log too: keys and values, as local properties of Spark. */
  public static Map<String, String> context() {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null ? Map.of() : context;
  }
}
