package io.afp.core.job;

import io.afp.core.error.ErrorCode;
import io.afp.core.logging.RunLog;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunListener;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener of a run, with the thread that calls it. */
final class Ear {

  private static final Logger log = LoggerFactory.getLogger(Ear.class);
  private static final int MOST_FAILURES = 3;

  private final RunListener listener;
  private final ExecutorService thread;

  // known to the thread alone
  private boolean warned;
  private int failures;

  Ear(RunListener listener) {
    this.listener = listener;
    ThreadFactory threads = RunLog.threads(() -> "afp-listener-" + name());
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = threads.newThread(task);
              made.setDaemon(true);
              made.setContextClassLoader(listener.getClass().getClassLoader());
              return made;
            });
  }

  private String name() {
    return listener.getClass().getSimpleName();
  }

  /** After some failures in a row it is asked no more: each may take as long as a time-out. */
  void hear(RunEvent event) {
    thread.execute(
        () -> {
          if (failures < MOST_FAILURES) {
            guarded(() -> listener.on(event));
          }
        });
  }

  void end() {
    thread.execute(() -> guarded(listener::end));
    thread.shutdown();
  }

  void await(Duration time) {
    try {
      if (!thread.awaitTermination(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS)) {
        int lost = thread.shutdownNow().size();
        log.warn(
            "{} {} is too slow: at least {} of its events are lost",
            ErrorCode.LISTENER_FAILED.code(),
            name(),
            lost + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      thread.shutdownNow();
    }
  }

  private interface Call {
    void run() throws Exception;
  }

  /** The first failure is a warning; those that follow say nothing new. */
  private void guarded(Call call) {
    try {
      call.run();
      failures = 0;
    } catch (Exception | LinkageError e) { // a jar of its own may be missing
      if (!warned) {
        warned = true;
        log.warn(
            "{} {} does not get through, the run goes on: {}",
            ErrorCode.LISTENER_FAILED.code(),
            name(),
            e.toString());
      }
      failures++;
      log.debug("{} does not get through", name(), e);
    }
  }
}
