package io.afp.agentic.command;

import io.afp.core.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a command ended.
 *
 * @param exit its exit code; -1 where it was ended, or could not begin
 * @param bytes how much it printed
 * @param sha256 of what it printed
 * @param failure why it is no success, in a few words; empty where it is one
 * @param tail the end of what it printed
 */
public record CommandRun(
    int exit, Duration took, long bytes, String sha256, String failure, String tail) {

  private static final String NOT_BEGUN = "its command can not be started";
  private static final int BUFFER = 8_192;
  private static final int SECONDS_TO_READ = 5;

  /** Variables by which Maven and Java can be made to do something else. */
  private static final Set<String> STEERING =
      Set.of("MAVEN_ARGS", "MAVEN_OPTS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");

  /** The variable by which all that a command starts is known, to be ended with it. */
  public static final String MARK = Started.MARK;

  /**
   * Runs a command. When it ends, takes too long or prints too much, all that it has started is
   * ended with it.
   */
  public static CommandRun of(CommandCall call) {
    long start = System.nanoTime();
    Started started;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(call.words())
              .directory(call.folder().toFile())
              .redirectError(Redirect.INHERIT)
              .redirectErrorStream(call.mixesErrors());
      builder.environment().keySet().removeAll(STEERING);
      started = Started.by(builder);
    } catch (IOException e) {
      String why = "%s (reason=%s)".formatted(NOT_BEGUN, e.getMessage());
      return new CommandRun(-1, took(start), 0, Sha256.of(""), why, "");
    }
    Process process = started.process();
    begin(() -> feed(process, call.input()));
    Printed printed = new Printed(started, call);
    CompletableFuture<Void> reading = CompletableFuture.runAsync(printed, CommandRun::begin);
    boolean ended = waitFor(process, call.timeLimit());
    started.end();
    awaitEnd(reading);
    String failure = failure(process, ended, printed, call);
    int exit = ended && !printed.isTooMuch() ? process.exitValue() : -1;
    return new CommandRun(
        exit, took(start), printed.bytes, Sha256.hex(printed.digest), failure, printed.tail());
  }

  private static String failure(Process process, boolean ended, Printed printed, CommandCall call) {
    if (printed.isTooMuch()) {
      return "its command printed more than %d bytes".formatted(call.outputLimit());
    }
    if (!ended) {
      return "its command took longer than %s".formatted(call.timeLimit());
    }
    return process.exitValue() == 0
        ? ""
        : "its command failed (exit=%d)".formatted(process.exitValue());
  }

  /** Whether it could be started at all. */
  public boolean isBegun() {
    return !failure.startsWith(NOT_BEGUN);
  }

  /** One waits for the other, so each has a thread of its own. */
  private static void begin(Runnable task) {
    Thread thread = new Thread(task, "command");
    thread.setDaemon(true);
    thread.start();
  }

  /** A command that does not read its input is not held up, and neither is who gives it. */
  private static void feed(Process process, String input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return; // it has ended, or reads no more
    }
  }

  private static boolean waitFor(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Where a process could not be ended, it may hold the output open. */
  private static void awaitEnd(CompletableFuture<Void> reading) {
    try {
      reading.get(SECONDS_TO_READ, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return; // what was read until now is what it printed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration took(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Reads what is printed; ends a process that prints too much. */
  private static final class Printed implements Runnable {

    private final Started started;
    private final CommandCall call;
    private final MessageDigest digest = Sha256.digest();
    private final ByteArrayOutputStream tail = new ByteArrayOutputStream();
    private long bytes;

    Printed(Started started, CommandCall call) {
      this.started = started;
      this.call = call;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[BUFFER];
      try (InputStream out = started.process().getInputStream()) {
        for (int read = out.read(buffer); read >= 0; read = out.read(buffer)) {
          take(buffer, read);
          if (isTooMuch()) {
            started.end();
            return;
          }
        }
      } catch (IOException e) {
        return; // the stream of a process that was ended
      }
    }

    private synchronized void take(byte[] buffer, int read) {
      bytes += read;
      digest.update(buffer, 0, read);
      tail.write(buffer, 0, read);
      if (tail.size() > 2 * call.kept()) {
        byte[] all = tail.toByteArray();
        tail.reset();
        tail.write(all, all.length - call.kept(), call.kept());
      }
    }

    boolean isTooMuch() {
      return bytes > call.outputLimit();
    }

    /** Decoded as a whole, from the first character that is whole. */
    synchronized String tail() {
      byte[] all = tail.toByteArray();
      int from = Math.max(0, all.length - call.kept());
      boolean isCut = bytes > call.kept();
      while (isCut && from < all.length && (all[from] & 0xC0) == 0x80) {
        from++;
      }
      return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
    }
  }
}
