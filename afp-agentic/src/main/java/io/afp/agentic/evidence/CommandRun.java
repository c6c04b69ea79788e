package io.afp.agentic.evidence;

import io.afp.agentic.context.VerifyPolicy;
import io.afp.agentic.tasks.VerifyCommand;
import io.afp.core.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
record CommandRun(int exit, Duration took, long bytes, String sha256, String failure, String tail) {

  private static final int TAIL = 2_000;
  private static final int BUFFER = 8_192;

  /** Variables by which Maven and Java can be made to do something else. */
  private static final Set<String> STEERING =
      Set.of("MAVEN_ARGS", "MAVEN_OPTS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");

  /** Runs a command in a folder, without a shell and without input; its descendants end with it. */
  static CommandRun of(VerifyCommand command, Path folder, VerifyPolicy policy) {
    long start = System.nanoTime();
    Process process;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command.words()).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().keySet().removeAll(STEERING);
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      String why = "its command can not be started (reason=%s)".formatted(e.getMessage());
      return new CommandRun(-1, took(start), 0, Sha256.of(""), why, "");
    }
    Printed printed = new Printed(process, policy.outputLimit());
    CompletableFuture<Void> reading = CompletableFuture.runAsync(printed);
    boolean ended = waitFor(process, policy.timeLimit()) && isRead(reading, policy.timeLimit());
    if (!ended) {
      end(process);
      isRead(reading, Duration.ofSeconds(1));
    }
    String failure = failure(process, ended, printed, policy);
    int exit = ended && !printed.isTooMuch() ? process.exitValue() : -1;
    return new CommandRun(
        exit, took(start), printed.bytes, Sha256.hex(printed.digest), failure, printed.tail());
  }

  private static String failure(
      Process process, boolean ended, Printed printed, VerifyPolicy policy) {
    if (printed.isTooMuch()) {
      return "its command printed more than %d bytes".formatted(policy.outputLimit());
    }
    if (!ended) {
      return "its command took longer than %s".formatted(policy.timeLimit());
    }
    return process.exitValue() == 0
        ? ""
        : "its command failed (exit=%d)".formatted(process.exitValue());
  }

  private static boolean waitFor(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A process that outlives its parent may hold the output open. */
  private static boolean isRead(CompletableFuture<Void> reading, Duration limit) {
    try {
      reading.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** With all that it started: one of them may hold its output open. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static Duration took(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Reads what is printed; ends a process that prints too much. */
  private static final class Printed implements Runnable {

    private final Process process;
    private final long limit;
    private final MessageDigest digest = Sha256.digest();
    private final StringBuilder tail = new StringBuilder();
    private long bytes;

    Printed(Process process, long limit) {
      this.process = process;
      this.limit = limit;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[BUFFER];
      try (InputStream out = process.getInputStream()) {
        for (int read = out.read(buffer); read >= 0; read = out.read(buffer)) {
          take(buffer, read);
          if (isTooMuch()) {
            end(process);
            return;
          }
        }
      } catch (IOException e) {
        tail.append(e.getMessage()); // the stream of a process that was ended
      }
    }

    private void take(byte[] buffer, int read) {
      bytes += read;
      digest.update(buffer, 0, read);
      tail.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
      tail.delete(0, Math.max(0, tail.length() - TAIL));
    }

    boolean isTooMuch() {
      return bytes > limit;
    }

    String tail() {
      return tail.toString().strip();
    }
  }
}
