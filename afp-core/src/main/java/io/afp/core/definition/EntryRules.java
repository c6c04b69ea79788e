package io.afp.core.definition;

import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.error.ErrorCode;
import java.util.List;
import java.util.stream.Stream;

/** What is said about the way into a table is said of a source, and fits the type. */
final class EntryRules {

  private static final String MISSING = "may_be_missing";
  private static final List<String> RULES = List.of("in", "length", "matches");
  private static final List<String> READING =
      List.of("from", "format", "zone", "rounding", "default", MISSING);

  private final TableContext context;
  private final ColumnDef column;

  private EntryRules(TableContext context, ColumnDef column) {
    this.context = context;
    this.column = column;
  }

  static void check(TableContext context) {
    context.table().declared().forEach(column -> new EntryRules(context, column).check());
    if (context.table().duplicates() == Duplicates.REJECT) {
      checkDuplicates(context);
    }
  }

  private static void checkDuplicates(TableContext context) {
    TableDef table = context.table();
    if (!context.has("from")) {
      report(context, "duplicates", "only a source rejects rows", "Remove it: the key is a check.");
    } else if (table.key().isEmpty()) {
      report(context, "duplicates", "it has no key", "Declare the key, or remove duplicates.");
    } else if (table.write().mode().merges()) {
      report(
          context,
          "duplicates",
          "rows are merged by the key",
          "Remove duplicates: the newest row of a key is taken.");
    }
  }

  private static void report(TableContext context, String path, String why, String fix) {
    String message = "Cannot reject duplicates of %s: %s".formatted(context.table().name(), why);
    context.error(ErrorCode.CONTRADICTION, path, message, fix);
  }

  private void check() {
    if (!context.has("from")) {
      checkOfModel();
    } else if (ColumnShape.isKnown(column.type())) {
      checkReading();
      checkRounding();
      column.entry().format().ifPresent(this::checkFormat);
      column.entry().fallback().ifPresent(this::checkDefault);
      if (column.entry().mayBeMissing()) {
        checkMissing();
      }
    }
  }

  private void checkOfModel() {
    Stream.concat(RULES.stream(), READING.stream())
        .filter(this::has)
        .forEach(key -> contradict(key, "only a source has it", fixOfModel(key)));
    if (column.protection().isKeptOut()) {
      contradict(
          "pii", "only a source keeps values out", "Protect the column in the source it is of.");
    }
  }

  private static String fixOfModel(String key) {
    return RULES.contains(key)
        ? "Write a check: checks: [ { %s: … } ].".formatted(key)
        : "Say it in the model.";
  }

  private void checkReading() {
    if (column.expr().isPresent()) {
      READING.stream()
          .filter(this::has)
          .forEach(key -> contradict(key, "it is not read from the source", fixOfExpr(key)));
    }
    if (has("from") && context.table().fileSource().filter(f -> !f.namesColumns()).isPresent()) {
      contradict(
          "from",
          "the files do not name their fields, and columns are read in their order",
          "Remove from, and declare the columns as the files have them.");
    }
    if (has("zone") && column.type().kind() != Kind.TIMESTAMP) {
      contradict("zone", "only a timestamp is an instant", "Remove zone, or write another type.");
    }
  }

  private static String fixOfExpr(String key) {
    return key.equals("from") ? "Remove one of from and expr." : "Say it in expr.";
  }

  private void checkRounding() {
    if (has("rounding") && column.type().kind() != Kind.DECIMAL) {
      contradict("rounding", "only a decimal is rounded", "Remove rounding, or write a decimal.");
    }
  }

  private void checkFormat(String format) {
    if (isNumber()) {
      checkPattern(() -> new NumberPattern(format), "Write a pattern such as \"#.##0,00\".");
    } else if (WriteRules.isTime(column.type())) {
      checkTime(format);
    } else {
      contradict("format", "only dates, times and numbers have one", "Remove format.");
    }
  }

  private boolean isNumber() {
    return switch (column.type().kind()) {
      case INT, LONG, FLOAT, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  private void checkTime(String format) {
    String fix = "Write a pattern of Java's DateTimeFormatter such as dd.MM.yyyy.";
    if (checkPattern(() -> new TimePattern(format), fix)
        && !new TimePattern(format).tells(column.type().kind())) {
      wrong("format", "'%s' does not say what a %s is".formatted(format, column.type()), fix);
    }
  }

  private boolean checkPattern(Runnable pattern, String fix) {
    try {
      pattern.run();
      return true;
    } catch (IllegalArgumentException e) {
      wrong("format", e.getMessage(), fix);
      return false;
    }
  }

  private void checkDefault(String literal) {
    if (!Literals.isValue(column.type(), literal)) {
      wrong(
          "default",
          "'%s' is no value of type %s".formatted(literal, column.type()),
          Literals.fix(column.type(), literal));
    }
  }

  private void checkMissing() {
    if (column.required() && column.entry().fallback().isEmpty()) {
      contradict(
          MISSING,
          "it is required, and null where it is missing",
          "Give it a default, or remove required or may_be_missing.");
    }
    if (context.table().fileSource().filter(files -> !files.namesColumns()).isPresent()) {
      contradict(
          MISSING,
          "without a header nothing names the columns of the files",
          "Remove it: lines with another number of fields are rejects.");
    }
  }

  private boolean has(String key) {
    return context.has(path(key));
  }

  private String path(String key) {
    return "columns.%s.%s".formatted(column.name(), key);
  }

  private void wrong(String key, String why, String fix) {
    context.error(ErrorCode.WRONG_VALUE, path(key), message(key, why), fix);
  }

  private void contradict(String key, String why, String fix) {
    context.error(ErrorCode.CONTRADICTION, path(key), message(key, why), fix);
  }

  private String message(String key, String why) {
    return "Cannot use %s for column %s of %s: %s"
        .formatted(key, column.name(), context.table().name(), why);
  }
}
