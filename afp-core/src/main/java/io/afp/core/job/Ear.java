package io.afp.core.job;

import io.afp.core.error.ErrorCode;
import io.afp.core.logging.RunLog;
import io.afp.core.spi.RunEvent;
import io.afp.core.spi.RunListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener of a run, with the thread that calls it. */
final class Ear {

  private static final Logger log = LoggerFactory.getLogger(Ear.class);
  private static final int MOST_FAILURES = 3;

  private final RunListener listener;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final AtomicInteger failures = new AtomicInteger();
  private final ExecutorService thread;

  Ear(RunListener listener) {
    this.listener = listener;
    Map<String, String> context = RunLog.context();
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Runnable known =
                  () -> {
                    RunLog.adopt(context);
                    task.run();
                  };
              Thread made = new Thread(known, "afp-listener-" + name());
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
          if (failures.get() < MOST_FAILURES) {
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
      failures.set(0);
    } catch (Exception | LinkageError e) { // a jar of its own may be missing
      if (warned.compareAndSet(false, true)) {
        log.warn(
            "{} {} does not get through, the run goes on: {}",
            ErrorCode.LISTENER_FAILED.code(),
            name(),
            e.toString());
      }
      failures.incrementAndGet();
      log.debug("{} does not get through", name(), e);
    }
  }
}
