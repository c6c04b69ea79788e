package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.ledger.Database;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A branch that is dropped, with the files that only it reaches, when the work on it is over: also
 * when it failed, and when the process is interrupted.
 */
final class ThrowAwayBranch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ThrowAwayBranch.class);

  private final Branches branches;
  private final SparkDriver spark;
  private final String name;
  private final Thread hook = new Thread(this::interrupted, "afp-interrupt");
  private final AtomicBoolean ended = new AtomicBoolean();

  private ThrowAwayBranch(Database database, SparkDriver spark, String name) {
    this.branches = new Branches(database);
    this.spark = spark;
    this.name = name;
  }

  /** From main as it is now. */
  static ThrowAwayBranch ofMain(LakeTask.Tools tools, String name) {
    return ofMain(tools.database(), tools.spark(), name);
  }

  /** From main as it is now. */
  static ThrowAwayBranch ofMain(Database database, SparkDriver spark, String name) {
    return new ThrowAwayBranch(database, spark, name).make(branch -> branch.branches.create(name));
  }

  /** To read what a release left. */
  static ThrowAwayBranch ofRelease(LakeTask.Tools tools, String name, long release) {
    return new ThrowAwayBranch(tools.database(), tools.spark(), name)
        .make(branch -> branch.branches.createAsOf(name, release));
  }

  /** Watched over before it is there, so that there is no moment in which nobody would drop it. */
  private ThrowAwayBranch make(Consumer<ThrowAwayBranch> creation) {
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      creation.accept(this);
      return this;
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  private void closeAfter(RuntimeException failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  String name() {
    return name;
  }

  /** It is main's now, and nothing is left to drop. */
  void published() {
    ended.set(true);
  }

  private void interrupted() {
    try {
      drop();
    } catch (RuntimeException e) {
      log.error("Cannot drop branch {}; `afp branch drop` can", name, e);
    }
  }

  /**
   * A branch that is not there, or is published, is left alone. One at a time, so that the process
   * does not end while the other is at it.
   */
  private synchronized void drop() {
    if (ended.compareAndSet(false, true)) {
      Discard.of(branches, name, spark);
    }
  }

  @Override
  public void close() {
    try {
      drop();
    } finally {
      forgetHook();
    }
  }

  /** While the process is being interrupted the hook still needs what would be closed next. */
  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      join();
    }
  }

  private void join() {
    try {
      hook.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
