package io.afp.ingestion;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.job.DriverTask;
import io.afp.core.testing.Reported;
import io.afp.ingestion.infer.InferTask;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of very many columns, through the whole ingest. {@code -Dafp.columns=5000} takes so many, a
 * multiple of eight.
 */
@Tag("long")
class WideFilesTest extends SourceColumnsTests {

  private static final int COLUMNS = Integer.getInteger("afp.columns", 504);
  private static final int ROWS = 60;
  private static final List<String> TYPES =
      List.of("int", "long", "string", "decimal(10,2)", "date", "double", "boolean", "timestamp");

  /** The last column of whole numbers. */
  private static final int LAST = COLUMNS - TYPES.size();

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl"})
  void everyRowIsThereOrARejectWithAllItsReasons(String format) {
    project.file("p/wide." + format, text(format, ROWS / 3));
    project.table(
        "raw.wide",
        """
        from: { files: "wide.%s", format: %s }
        columns:
        %s
        key: [c0]
        rejects: { at_most: 50%% }
        """
            .formatted(
                format,
                format,
                each(i -> "  c%d: { type: \"%s\", required: true }".formatted(i, type(i)), "\n")));
    published();
    assertThat(
            project.lake(
                "select count(*), sum(c0), count(c%d), max(c%d) from raw.wide"
                    .formatted(COLUMNS - 1, LAST)))
        .containsExactly(
            "%d %d %1$d %d"
                .formatted(
                    ROWS * 2 / 3,
                    IntStream.range(0, ROWS).filter(row -> row % 3 != 2).sum(),
                    LAST + ROWS - 2));
    assertThat(
            project.lake(
                "select count(*), min(size(reasons)), max(size(reasons)) from raw.wide__rejects"))
        .containsExactly("20 2 2");
  }

  @Test
  void theTableFileThatTheFilesSuggestLoadsThem() {
    project.file("p/wide.csv", text("csv", 0));
    String file = root.resolve("p/wide.csv").toAbsolutePath().toString();
    Reported inferred =
        Reported.of(
            args -> DriverTask.run(new InferTask(), args),
            root,
            List.of("--source", file, "--files", file, "--table", "raw.wide"));
    assertThat(inferred.exitCode()).as(inferred.text()).isZero();
    JsonNode found = inferred.json().get("data");
    assertThat(found.get("columns")).hasSize(COLUMNS);
    project.table("raw.wide", found.get("text").asText());
    published();
    assertThat(project.lake("select count(*), sum(c0), max(c%d) from raw.wide".formatted(LAST)))
        .containsExactly("60 1770 %d".formatted(LAST + ROWS - 1));
  }

  /** Every third row, of so many, has two values that are none. */
  private static String text(String format, int bad) {
    String header = format.equals("csv") ? each(i -> "c" + i, ",") + "\n" : "";
    return header
        + IntStream.range(0, ROWS)
            .mapToObj(row -> record(format, row, row % 3 == 2 && row / 3 < bad))
            .collect(joining("\n"));
  }

  private static String record(String format, int row, boolean bad) {
    IntFunction<String> value = i -> bad && (i == 3 || i == COLUMNS - 1) ? "x" : value(i, row);
    return format.equals("csv")
        ? each(value, ",")
        : "{" + each(i -> "\"c%d\":\"%s\"".formatted(i, value.apply(i)), ",") + "}";
  }

  private static String value(int column, int row) {
    return switch (type(column)) {
      case "string" -> "text " + column + " " + row;
      case "decimal(10,2)" -> row + ".25";
      case "date" -> "2024-01-%02d".formatted(1 + row % 28);
      case "double" -> row + ".5";
      case "boolean" -> row % 2 == 0 ? "true" : "false";
      case "timestamp" -> "2024-01-%02dT03:04:05Z".formatted(1 + row % 28);
      default -> String.valueOf(column + row);
    };
  }

  private static String type(int column) {
    return TYPES.get(column % TYPES.size());
  }

  private static String each(IntFunction<String> text, String between) {
    return IntStream.range(0, COLUMNS).mapToObj(text).collect(joining(between));
  }
}
