package io.afp.core.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings the fields of raw rows to the types of the declared columns, each in one expression that
 * is evaluated once, and puts what is written in the place of personal values. Expressions see what
 * is written.
 */
record TypedFields(GivenFields given, List<String> nullValues, Protection protection) {

  Dataset<Row> rows() {
    List<ColumnDef> read = protection.table().readColumns();
    List<ColumnDef> computed = columns().filter(c -> c.expr().isPresent()).toList();
    Dataset<Row> rows = given.raw().rows().select(fields(read).toArray(Column[]::new));
    rows = with(rows, read.stream(), this::value, GivenFields::plain);
    rows = protect(rows, read);
    rows = with(rows, computed.stream(), c -> expr(c.expr().get()), GivenFields::computed);
    rows = with(rows, computed.stream(), TypedFields::cast, GivenFields::plain);
    return protect(rows, computed);
  }

  private Stream<ColumnDef> columns() {
    return protection.table().sourceColumns().stream();
  }

  private List<Column> fields(List<ColumnDef> read) {
    List<Column> columns = new ArrayList<>(List.of(col(RawRows.FILE), col(RawRows.MALFORMED)));
    given.raw().more().forEach(name -> columns.add(col(name)));
    given.raw().unit().ifPresent(u -> columns.addAll(List.of(col(u.start()), col(u.end()))));
    given.names().stream()
        .filter(field -> !given.hasText(field))
        .forEach(field -> columns.add(RawRows.field(field).as(GivenFields.rawName(field))));
    read.stream()
        .filter(given::has)
        .forEach(c -> columns.add(meaning(c.field()).as(GivenFields.text(c))));
    return columns;
  }

  private Column meaning(String field) {
    Column value = RawRows.field(field);
    return nullValues.isEmpty() || !given.isText(field) || given.hasText(field)
        ? value
        : when(not(value.isin(nullValues.toArray())), value);
  }

  private static Dataset<Row> with(
      Dataset<Row> rows,
      Stream<ColumnDef> columns,
      Function<ColumnDef, Column> value,
      Function<ColumnDef, String> name) {
    Column[] added =
        Stream.concat(Stream.of(col("*")), columns.map(c -> value.apply(c).as(name.apply(c))))
            .toArray(Column[]::new);
    return added.length == 1 ? rows : rows.select(added);
  }

  private Dataset<Row> protect(Dataset<Row> rows, List<ColumnDef> columns) {
    Stream<ColumnDef> replaced = columns.stream().filter(GivenFields::isReplaced);
    return with(rows, replaced, this::written, ColumnDef::name);
  }

  private Column written(ColumnDef column) {
    Column made = protection.of(column, col(GivenFields.plain(column)));
    return given.mayBeProtected(column)
        ? coalesce(when(col(RawRows.PROTECTED), col(GivenFields.text(column))), made)
        : made;
  }

  private Column value(ColumnDef column) {
    Column read = given.has(column) ? read(column) : lit(null).cast(column.type().sql());
    return column
        .entry()
        .fallback()
        .map(literal -> expr(Literals.sql(column.type(), literal)))
        .map(literal -> given.has(column) ? inPlaceOfNull(column, literal, read) : literal)
        .orElse(read);
  }

  /** What who parsed it found to be wrong is null, and not missing. */
  private Column inPlaceOfNull(ColumnDef column, Column literal, Column read) {
    Column isNull = col(GivenFields.text(column)).isNull();
    Column isMissing =
        given.raw().has(RawRows.REASONS) ? isNull.and(not(ParsersReasons.of(column))) : isNull;
    return when(isMissing, literal).otherwise(read);
  }

  private Column read(ColumnDef column) {
    Column text = col(GivenFields.text(column));
    Column value = given.mayBeProtected(column) ? when(not(col(RawRows.PROTECTED)), text) : text;
    if (given.isOfType(column)) {
      return value;
    }
    return given.isText(column.field())
        ? TextReader.value(column, value)
        : Native.tryCast(value, column.type());
  }

  private static Column cast(ColumnDef column) {
    return Native.tryCast(col(GivenFields.computed(column)), column.type());
  }
}
