package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.apache.spark.sql.types.StructField;
import picocli.CommandLine;
import scala.Option;

/**
 * One query on the Iceberg tables of main, of a branch or of a release. It can't change anything.
 */
@CommandLine.Command(name = "afp-query", mixinStandardHelpOptions = true)
public final class LakeQuery extends LakeTask {

  /** More rows than this are not for a terminal; an answer that is cut says so. */
  private static final int MOST_ROWS = 10_000;

  @CommandLine.Option(names = "--query", required = true)
  String query;

  @CommandLine.Mixin LakeState state = new LakeState();

  private LakeQuery() {}

  /** Asks; the answer goes to the report, the result is the exit code. */
  public static int run(String[] args) {
    return LakeTask.run(new LakeQuery(), args);
  }

  @Override
  String name() {
    return "sql";
  }

  @Override
  ObjectNode perform(Tools tools, List<Problem> warnings) {
    requireQuery();
    ObjectNode answer = state.read(this, tools, this::ask);
    if (answer.path("truncated").asBoolean()) {
      warnings.add(
          Problem.warning(
              ErrorCode.ANSWER_CUT,
              "Cannot show all rows: the answer has more than %,d".formatted(MOST_ROWS),
              Location.nowhere(),
              "Ask for less by WHERE, GROUP BY or LIMIT, or read the table with Spark."));
    }
    return answer;
  }

  private void requireQuery() {
    LogicalPlan plan;
    try {
      plan = new SparkSqlParser().parsePlan(query);
    } catch (Exception e) { // ParseException is checked, but Scala does not declare it
      throw wrong(e);
    }
    Option<LogicalPlan> change =
        plan.find(p -> p instanceof Command || p instanceof ParsedStatement);
    if (change.isDefined()) { // not always on top: WITH or FROM may come before an INSERT
      throw new AfpException(
          ErrorCode.QUERY_REFUSED,
          "Cannot run the statement: it is not a query (found=%s)"
              .formatted(change.get().nodeName()),
          "Ask by SELECT. Tables are changed by runs of their pipeline only.");
    }
  }

  private static AfpException wrong(Exception e) {
    return new AfpException(
        ErrorCode.QUERY_FAILED,
        "Cannot ask the lake: " + e.getMessage().strip().lines().findFirst().orElse(""),
        "Correct the query; it is Spark SQL.",
        e);
  }

  private ObjectNode ask(SparkSession session) {
    try {
      Dataset<Row> rows = session.sql(query);
      return json(rows);
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      if (e instanceof AnalysisException || e instanceof ParseException) {
        throw wrong(e);
      }
      throw e;
    }
  }

  private static ObjectNode json(Dataset<Row> rows) {
    ObjectNode data = JSON.createObjectNode();
    ArrayNode columns = data.putArray("columns");
    for (StructField field : rows.schema().fields()) {
      columns.addObject().put("name", field.name()).put("type", field.dataType().sql());
    }
    ArrayNode all = data.putArray("rows");
    List<Row> found = rows.limit(MOST_ROWS + 1).collectAsList();
    data.put("truncated", found.size() > MOST_ROWS);
    for (Row row : found.subList(0, Math.min(MOST_ROWS, found.size()))) {
      ArrayNode values = all.addArray();
      for (int i = 0; i < row.size(); i++) {
        add(values, row.get(i));
      }
    }
    return data;
  }

  private static void add(ArrayNode values, Object value) {
    if (value == null) {
      values.addNull();
    } else if (value instanceof Boolean bool) {
      values.add(bool);
    } else if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      values.add(((Number) value).longValue());
    } else if (value instanceof Double number && Double.isFinite(number)) {
      values.add(number);
    } else {
      values.add(value.toString()); // a decimal too, because a JSON number would lose its digits
    }
  }
}
