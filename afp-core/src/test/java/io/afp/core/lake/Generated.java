package io.afp.core.lake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.ByteCodeStats;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.debug.package$;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import scala.Tuple3;
import scala.collection.JavaConverters;

/** What Spark makes of a query. */
final class Generated {

  private Generated() {}

  /** The operators of a plan, from the last to the first. */
  static List<SparkPlan> operators(Dataset<?> rows) {
    List<SparkPlan> found = new ArrayList<>();
    collect(plan(rows), found);
    return found;
  }

  /** The rows that a plan, which has not run, gives to its shuffles: the bytes of each. */
  static List<String> shuffled(Dataset<?> rows) {
    return operators(rows).stream()
        .filter(ShuffleExchangeExec.class::isInstance)
        .flatMap(shuffle -> Stream.of(((ShuffleExchangeExec) shuffle).child().executeCollect()))
        .map(row -> new String(((UnsafeRow) row).getBytes(), StandardCharsets.ISO_8859_1))
        .toList();
  }

  private static SparkPlan plan(Dataset<?> rows) {
    SparkPlan plan = rows.queryExecution().executedPlan();
    return plan instanceof AdaptiveSparkPlanExec adaptive ? adaptive.executedPlan() : plan;
  }

  private static void collect(SparkPlan plan, List<SparkPlan> found) {
    found.add(plan);
    JavaConverters.seqAsJavaList(plan.children()).forEach(child -> collect(child, found));
  }

  /** The condition of the only filter of a plan. */
  static String condition(Dataset<?> rows) {
    return operators(rows).stream()
        .filter(FilterExec.class::isInstance)
        .map(filter -> ((FilterExec) filter).condition().toString())
        .collect(Collectors.joining("; "));
  }

  /** The columns that a plan reads from its file. */
  static List<String> scanned(Dataset<?> rows) {
    return operators(rows).stream()
        .filter(FileSourceScanExec.class::isInstance)
        .flatMap(scan -> Stream.of(((FileSourceScanExec) scan).requiredSchema().fieldNames()))
        .toList();
  }

  /** All code that is generated for a query. */
  static String code(Dataset<?> rows) {
    StringBuilder code = new StringBuilder();
    pieces(rows).forEach(piece -> code.append(piece._2()));
    return code.toString();
  }

  /** The size in bytes of the largest method of it; above 8000 the JVM does not compile it. */
  static int largestMethod(Dataset<?> rows) {
    return pieces(rows).stream().mapToInt(piece -> piece._3().maxMethodCodeSize()).max().orElse(0);
  }

  private static List<Tuple3<String, String, ByteCodeStats>> pieces(Dataset<?> rows) {
    return JavaConverters.seqAsJavaList(package$.MODULE$.codegenStringSeq(plan(rows)));
  }
}
