package io.afp.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens between Ctrl-C and the end of a command that has a driver: the driver gets the time
 * to leave its work in order, and the command to say what became of it. The Postgres that both ask
 * lives as long.
 */
final class Goodbye implements AutoCloseable {

  private static final long DRIVER_SECONDS = 60;
  private static final long COMMAND_SECONDS = 30;
  private static volatile Goodbye open;

  private final Process driver;
  private final CountDownLatch said = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "afp-goodbye");
  private volatile boolean interrupted;

  private Goodbye(Process driver) {
    this.driver = driver;
  }

  /** Looks after a driver; closed when the command has said how it ended. */
  static Goodbye to(Process driver) {
    Goodbye goodbye = new Goodbye(driver);
    open = goodbye;
    try {
      Runtime.getRuntime().addShutdownHook(goodbye.hook);
    } catch (IllegalStateException e) {
      goodbye.endDriver(); // the command is being interrupted already
    }
    return goodbye;
  }

  /** Returns when no command has anything to say about a driver any more. */
  static void await() {
    Goodbye last = open;
    if (last != null) {
      waitFor(last.said);
    }
  }

  /** Whether the command is being interrupted. */
  boolean interrupted() {
    return interrupted;
  }

  private void interrupt() {
    endDriver();
    waitFor(said);
  }

  /** By its handle: {@code Process.destroy} would close the output that is still read. */
  private void endDriver() {
    interrupted = true;
    driver.toHandle().destroy();
    try {
      if (!driver.waitFor(DRIVER_SECONDS, TimeUnit.SECONDS)) {
        driver.toHandle().destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void waitFor(CountDownLatch said) {
    try {
      said.await(COMMAND_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    open = null;
    said.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the command is being interrupted, and the hook ends now
    }
  }
}
