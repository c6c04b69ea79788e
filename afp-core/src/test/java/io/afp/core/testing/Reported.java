package io.afp.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.spark.sql.SparkSession;

/**
 * How a driver ended that was run in this process.
 *
 * @param text its report, as the command reads it
 */
public record Reported(int exitCode, String text) {

  /** Runs it, with no session of Spark at hand that another test has left. */
  public static Reported of(ToIntFunction<String[]> driver, Path project, List<String> arguments) {
    SparkSession.clearActiveSession();
    try {
      Path report = Files.createTempFile("afp-report-", ".json");
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of("--project", project.toString(), "--report", report.toString()));
      int exitCode = driver.applyAsInt(all.toArray(String[]::new));
      String text = Files.readString(report);
      Files.delete(report);
      return new Reported(exitCode, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The report: {@code exit}, {@code outcome}, {@code diagnostics} and more. */
  public JsonNode json() {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
