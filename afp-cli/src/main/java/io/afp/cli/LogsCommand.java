package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the log of a run. Needs no Postgres. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Prints what the driver of a run has logged on this machine.")
final class LogsCommand implements Callable<Integer> {

  private static final String ENDING = ".log";
  private static final String BACKFILL = "backfill-";

  @Parameters(
      paramLabel = "RUN",
      description = "The id of a run, or as much of its start as is unique.")
  String run;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "Prints only records from this level on: ${COMPLETION-CANDIDATES}.")
  LogRecord.Level level;

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Path folder = options.existingProject().home().resolve("logs");
    Path file = file(folder);
    try (Stream<String> lines = Files.lines(file)) {
      Stream<LogRecord> records =
          lines
              .map(LogRecord::of)
              .filter(r -> isNamed(file) || r.isOf(run))
              .filter(r -> level == null || r.isAtLeast(level));
      return options.json ? document(records) : print(records);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int document(Stream<LogRecord> records) {
    ArrayNode data = Output.JSON.createArrayNode();
    records.forEach(record -> data.add(record.json()));
    return options.output("logs").success("", data, List.of());
  }

  /** Line by line, until the reader has seen enough. */
  private static int print(Stream<LogRecord> records) {
    Iterator<LogRecord> each = records.iterator();
    while (each.hasNext() && !System.out.checkError()) {
      System.out.println(each.next().text());
    }
    return 0;
  }

  private boolean isNamed(Path file) {
    return file.getFileName().toString().startsWith(run.toLowerCase(Locale.ROOT));
  }

  /** A backfill does many runs in one driver, which has one log. */
  private static boolean isOfMany(Path file) {
    return file.getFileName().toString().startsWith(BACKFILL);
  }

  private Path file(Path folder) {
    List<Path> found = files(folder);
    if (found.isEmpty()) {
      found = backfills(folder);
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new AfpException(
          ErrorCode.UNKNOWN_RUN,
          "Cannot print the log: there is none of such a run (run=%s, folder=%s)"
              .formatted(run, folder),
          "Take an id of `afp runs`; a log stays on the machine on which `afp run` was called.");
    }
    throw new AfpException(
        ErrorCode.UNKNOWN_RUN,
        "Cannot print the log: several ids start so (run=%s, such as=%s)"
            .formatted(run, ids(found)),
        "Give more of the id.");
  }

  private List<Path> files(Path folder) {
    if (run.isEmpty() || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(this::isNamed)
          .filter(file -> file.getFileName().toString().endsWith(ENDING))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The logs of backfills that have a record of the run. */
  private List<Path> backfills(Path folder) {
    if (run.isEmpty() || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(LogsCommand::isOfMany).filter(this::mentions).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean mentions(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(LogRecord::of).anyMatch(record -> record.isOf(run));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ids(List<Path> files) {
    return files.stream()
        .map(file -> file.getFileName().toString().replace(ENDING, ""))
        .sorted()
        .limit(5)
        .collect(Collectors.joining(", "));
  }
}
