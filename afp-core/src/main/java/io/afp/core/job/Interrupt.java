package io.afp.core.job;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.lake.LakeErrors;
import io.afp.core.ledger.Runs;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves things in order when a run ends early.
 *
 * <p>A failed run keeps its branch, fenced: the next attempt takes over the steps that are
 * finished, and people can look at what was written. An interrupted one (Ctrl-C, a killed task of
 * an orchestrator) leaves no branch and no lease. A process that is killed outright can do neither;
 * the next run does it then.
 */
final class Interrupt implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Interrupt.class);

  private final RunScope scope;
  private final Thread hook = new Thread(this::interrupted, "afp-interrupt");
  private final CountDownLatch hookDone = new CountDownLatch(1);
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile Attempt attempt;

  private Interrupt(RunScope scope) {
    this.scope = scope;
  }

  /** Watches over a run until it is closed. */
  static Interrupt guard(RunScope scope) {
    Interrupt interrupt = new Interrupt(scope);
    Runtime.getRuntime().addShutdownHook(interrupt.hook);
    return interrupt;
  }

  /** From here on there is an attempt to leave in order. */
  void works(Attempt started) {
    attempt = started;
  }

  /** From here on there is no branch any more. */
  void published() {
    attempt = null;
  }

  /**
   * Records a failure. Its own failures are attached to the cause.
   *
   * @throws AfpException INTERRUPTED if the process is being interrupted: what failed is only a
   *     consequence
   */
  void failed(Throwable cause) {
    if (Shutdown.hasBegun() || !ended.compareAndSet(false, true)) {
      waitForHook();
      throw new AfpException(
          ErrorCode.INTERRUPTED,
          "Cannot finish the run: it was interrupted",
          "Run the same command again.",
          cause);
    }
    try {
      if (attempt != null) {
        attempt.fence();
      }
      AfpException failure = LakeErrors.translate("finish the run", cause);
      scope.narrator().failed(failure.code());
      new Runs(scope.database()).fail(scope.runId(), failure.code().code(), failure.reason());
    } catch (Exception e) {
      cause.addSuppressed(e);
    }
  }

  private void interrupted() {
    try {
      giveUp();
    } finally {
      hookDone.countDown();
    }
  }

  private void giveUp() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    log.warn("Interrupted; the branch and the lease are given up");
    try {
      if (attempt != null) {
        attempt.discard();
      }
      new Runs(scope.database())
          .fail(scope.runId(), ErrorCode.INTERRUPTED.code(), ErrorCode.INTERRUPTED.title());
    } catch (Exception e) {
      log.error("Cannot leave the run in order; the next run will", e);
    }
    scope.lease().close();
    scope.narrator().interrupted();
  }

  /**
   * While the process is being interrupted the hook still needs what would be closed next. It may
   * not have begun yet, so joining its thread would not do.
   */
  private void waitForHook() {
    try {
      hookDone.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.set(true);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      waitForHook();
    }
  }
}
