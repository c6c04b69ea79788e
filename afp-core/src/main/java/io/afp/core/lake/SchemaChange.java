package io.afp.core.lake;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.lake.SchemaDifference.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortField;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a table to other columns and partitions.
 *
 * @param table as it is
 * @param wanted its columns, by name
 * @param partitions its partitions, on these columns
 * @param kept columns that may stay though they are not wanted, or wider than wanted
 */
record SchemaChange(
    TableName name, Table table, Schema wanted, PartitionSpec partitions, Set<String> kept) {

  private static final Logger log = LoggerFactory.getLogger(SchemaChange.class);

  /** In what the table differs, in the order of the columns. */
  List<SchemaDifference> differences() {
    List<SchemaDifference> all = new ArrayList<>();
    wanted.columns().forEach(column -> compare(column, all));
    table.schema().columns().stream()
        .filter(found -> wanted.findField(found.name()) == null)
        .filter(found -> !kept.contains(found.name()))
        .forEach(found -> all.add(new SchemaDifference(Kind.DROPPED, found.name(), "")));
    List<String> from = transforms(table.spec());
    List<String> to = transforms(partitions);
    if (!from.equals(to)) {
      all.add(new SchemaDifference(Kind.PARTITIONED, "", "(from=%s, to=%s)".formatted(from, to)));
    }
    return all;
  }

  private void compare(NestedField column, List<SchemaDifference> all) {
    NestedField found = table.schema().findField(column.name());
    if (found == null) {
      all.add(new SchemaDifference(Kind.ADDED, column.name(), ""));
      return;
    }
    if (!found.type().equals(column.type()) && !isKept(column, found)) {
      boolean wider = TypeUtil.isPromotionAllowed(found.type(), column.type().asPrimitiveType());
      String types = "(from=%s, to=%s)".formatted(found.type(), column.type());
      all.add(new SchemaDifference(wider ? Kind.WIDENED : Kind.RETYPED, column.name(), types));
      if (!wider) {
        return;
      }
    }
    if (found.isRequired()) {
      all.add(new SchemaDifference(Kind.NULLABLE, column.name(), ""));
    }
    if (column.doc() != null && !column.doc().equals(found.doc())) {
      all.add(new SchemaDifference(Kind.DESCRIBED, column.name(), ""));
    }
  }

  private boolean isKept(NestedField column, NestedField found) {
    return kept.contains(column.name())
        && TypeUtil.isPromotionAllowed(column.type(), found.type().asPrimitiveType());
  }

  private static List<String> transforms(PartitionSpec spec) {
    return spec.fields().stream()
        .map(f -> f.transform() + "(" + spec.schema().findColumnName(f.sourceId()) + ")")
        .toList();
  }

  /**
   * Takes the differences away as {@code on_schema_change} says, in one commit.
   *
   * @param definition of the table, or of the one that it is kept beside
   * @throws AfpException with one problem for each difference that has to stay
   */
  LakeTables.Ensured mend(TableDef definition) {
    List<SchemaDifference> differences = differences();
    Set<Kind> mended = Kind.mendedBy(definition.write().onSchemaChange());
    List<Problem> problems =
        differences.stream()
            .filter(difference -> !mended.contains(difference.kind()))
            .map(difference -> problem(definition, difference))
            .toList();
    if (!problems.isEmpty()) {
      throw AfpException.of(problems);
    }
    return commit(differences);
  }

  /** Takes all differences away, in one commit; the table has no rows that they could harm. */
  LakeTables.Ensured force() {
    return new SchemaChange(name, table, wanted, partitions, Set.of()).commitAll();
  }

  private LakeTables.Ensured commitAll() {
    return commit(differences());
  }

  private LakeTables.Ensured commit(List<SchemaDifference> differences) {
    if (!differences.isEmpty()) {
      Transaction transaction = table.newTransaction();
      apply(transaction, differences);
      transaction.commitTransaction();
    }
    List<String> changes = differences.stream().map(SchemaDifference::made).toList();
    changes.forEach(change -> log.info("{}: {}", name, change));
    boolean narrowed = differences.stream().anyMatch(d -> d.kind() == Kind.DROPPED);
    return new LakeTables.Ensured(table, changes, narrowed);
  }

  private Problem problem(TableDef definition, SchemaDifference difference) {
    return Problem.error(
        ErrorCode.SCHEMA_CONFLICT,
        "Cannot bring table %s to its declaration: %s".formatted(name, difference.found()),
        Location.file(definition.file()),
        "%s, or build the table anew: afp run … --full-refresh --select %s"
            .formatted(fix(difference), definition.name()));
  }

  private String fix(SchemaDifference difference) {
    String column = difference.column();
    return EvolvedColumns.recorded(table).contains(column)
        ? "Its source brought column %s as %s: declare it so, or let drift evolve again"
            .formatted(column, table.schema().findType(column))
        : difference.fix();
  }

  private void apply(Transaction transaction, List<SchemaDifference> differences) {
    boolean partitioned = differences.stream().anyMatch(d -> d.kind().needsNoRows());
    if (partitioned) { // a partition would hold on to its column
      UpdatePartitionSpec update = transaction.updateSpec();
      table.spec().fields().stream().map(PartitionField::name).forEach(update::removeField);
      update.commit();
    }
    if (sorts(differences)) {
      transaction.replaceSortOrder().commit();
    }
    UpdateSchema update = transaction.updateSchema().setIdentifierFields(List.of());
    differences.forEach(difference -> apply(difference, update));
    update.commit();
    if (partitioned) {
      partition(transaction.updateSpec());
    }
  }

  /** Whether a column that goes is one by which the rows are sorted. */
  private boolean sorts(List<SchemaDifference> differences) {
    Set<Integer> gone = new HashSet<>();
    differences.stream()
        .filter(d -> d.kind() == Kind.DROPPED || d.kind() == Kind.RETYPED)
        .forEach(d -> gone.add(table.schema().findField(d.column()).fieldId()));
    return table.sortOrder().fields().stream().map(SortField::sourceId).anyMatch(gone::contains);
  }

  private void apply(SchemaDifference difference, UpdateSchema update) {
    String column = difference.column();
    switch (difference.kind()) {
      case ADDED -> add(column, update);
      case WIDENED -> update.updateColumn(column, wanted.findType(column).asPrimitiveType());
      case NULLABLE -> update.makeColumnOptional(column);
      case DESCRIBED -> update.updateColumnDoc(column, wanted.findField(column).doc());
      case DROPPED -> update.deleteColumn(column);
      case RETYPED -> add(column, update.deleteColumn(column));
      case PARTITIONED -> {} // no column
    }
  }

  private void add(String column, UpdateSchema update) {
    update.addColumn(column, wanted.findType(column), wanted.findField(column).doc());
  }

  private void partition(UpdatePartitionSpec update) {
    for (PartitionField field : partitions.fields()) {
      String column = partitions.schema().findColumnName(field.sourceId());
      update.addField(field.name(), Expressions.transform(column, field.transform()));
    }
    update.commit();
  }
}
