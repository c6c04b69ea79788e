package io.afp.ingestion.infer;

import io.afp.core.definition.ColumnType;
import io.afp.core.definition.ColumnType.Kind;
import io.afp.core.definition.FieldName;
import io.afp.ingestion.jdbc.UndeclaredTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table as a table of a database suggests it.
 *
 * @param name namespace and name
 * @param key the primary key; empty if there is none, or if a part of it can't be declared
 * @param watermark a column that seems to grow with each change of a row
 * @param interval a column that seems to say to which time a row belongs
 * @param notLoaded columns that can't be declared, each with its reason
 */
record InferredRelation(
    String name,
    UndeclaredTable source,
    List<InferredColumn> columns,
    List<String> key,
    Optional<InferredColumn> watermark,
    Optional<String> interval,
    List<String> notLoaded) {

  private static final Pattern CHANGES =
      Pattern.compile(
          "(?:.*_)?(?:updated?|modified|changed?|mtime|last_?modif\\w*|last_?upd\\w*)(?:_.*)?");
  private static final Set<Kind> TIMES = EnumSet.of(Kind.TIMESTAMP, Kind.TIMESTAMP_NTZ);

  InferredRelation {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    notLoaded = List.copyOf(notLoaded);
  }

  static InferredRelation of(UndeclaredTable found, String name) {
    List<InferredColumn> columns = columns(found);
    Map<String, String> names =
        columns.stream().collect(Collectors.toMap(InferredColumn::field, InferredColumn::name));
    List<String> key = found.key().stream().flatMap(c -> Stream.ofNullable(names.get(c))).toList();
    Optional<InferredColumn> watermark = watermark(columns);
    return new InferredRelation(
        name,
        found,
        columns,
        key.size() == found.key().size() ? key : List.of(),
        watermark,
        interval(columns, watermark),
        notLoaded(found));
  }

  private static List<InferredColumn> columns(UndeclaredTable found) {
    List<UndeclaredTable.Column> usable =
        found.columns().stream().filter(InferredRelation::isUsable).toList();
    List<String> names =
        ColumnNames.of(usable.stream().map(UndeclaredTable.Column::field).toList());
    return IntStream.range(0, names.size())
        .mapToObj(i -> column(names.get(i), usable.get(i)))
        .toList();
  }

  private static boolean isUsable(UndeclaredTable.Column column) {
    return FieldName.isUsable(column.field()) && column.found();
  }

  private static InferredColumn column(String name, UndeclaredTable.Column column) {
    ColumnType type = ColumnType.parse(column.type()).orElseThrow();
    String certainty = column.databaseType();
    if (column.unbounded()) {
      certainty += " of any size: a decimal if you know its digits";
    } else if (type.kind() == Kind.STRING && isNoText(column.databaseType())) {
      certainty += ", as text";
    }
    return new InferredColumn(
        name,
        column.name(),
        new TypeChoice(type, Optional.empty(), certainty, List.of()),
        column.required(),
        column.required(),
        0,
        0,
        List.of(),
        PersonalData.suspicion(name));
  }

  private static boolean isNoText(String type) {
    return !type.toLowerCase(Locale.ROOT).matches(".*(char|text|string|clob).*");
  }

  private static Optional<InferredColumn> watermark(List<InferredColumn> columns) {
    return columns.stream()
        .filter(column -> column.required() && isTime(column))
        .filter(column -> CHANGES.matcher(column.name()).matches())
        .findFirst();
  }

  private static boolean isTime(InferredColumn column) {
    return TIMES.contains(column.choice().type().kind());
  }

  /** A time that does not change is the place of a row; one that does would move it. */
  private static Optional<String> interval(
      List<InferredColumn> columns, Optional<InferredColumn> watermark) {
    return columns.stream()
        .filter(InferredColumn::required)
        .filter(column -> isTime(column) || column.choice().type().kind() == Kind.DATE)
        .filter(column -> watermark.filter(column::equals).isEmpty())
        .map(InferredColumn::name)
        .findFirst();
  }

  private static List<String> notLoaded(UndeclaredTable found) {
    List<String> reasons = new ArrayList<>();
    for (UndeclaredTable.Column column : found.columns()) {
      String name = Quoted.of(column.name());
      if (!FieldName.isUsable(column.field())) {
        reasons.add(
            name + ", which no column can be read from: read it by from.jdbc.query with AS");
      } else if (!column.found()) {
        reasons.add(
            name
                + ", which another one is called in another case: read it by from.jdbc.query with"
                + " AS");
      }
    }
    return reasons;
  }
}
