package io.afp.ingestion.infer;

import io.afp.core.definition.TableDef;
import io.afp.core.lake.Contract;
import io.afp.core.lake.RawRows;
import io.afp.core.lake.WidePlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Holds the rows against the contract that they gave: what looks right need not be accepted. */
final class Trial {

  private static final String MALFORMED = "malformed";
  private static final String REQUIRED = "required";
  private static final int MOST_SAMPLES = 3;

  private final RawRows raw;

  Trial(RawRows raw) {
    this.raw = raw;
  }

  /** The columns as the contract accepts all their values. */
  List<InferredColumn> mend(TableDef table, List<String> nullValues, List<InferredColumn> columns) {
    Map<Refusal, List<String>> refused =
        WidePlan.of(raw.rows().sparkSession(), columns.size(), () -> refused(table, nullValues));
    List<InferredColumn> mended = new ArrayList<>(columns);
    refused.forEach(
        (refusal, samples) ->
            mended.replaceAll(
                c -> c.name().equals(refusal.column()) ? mend(c, refusal, samples) : c));
    return mended;
  }

  private static InferredColumn mend(InferredColumn column, Refusal refusal, List<String> samples) {
    return refusal.reason().equals(REQUIRED) ? column.optional() : column.refused(samples);
  }

  private record Refusal(String column, String reason) implements Serializable {}

  /**
   * Why columns are refused, with a few of the values. The reasons are taken apart here: to Spark's
   * optimizer the expression that gives them is too large to be taken apart.
   */
  private Map<Refusal, List<String>> refused(TableDef table, List<String> nullValues) {
    Map<Refusal, List<String>> all = new LinkedHashMap<>();
    new Contract(table, nullValues)
        .conform(raw)
        .rejected()
        .select("reasons")
        .toJavaRDD()
        .mapPartitions(Trial::ofPartition)
        .collect()
        .forEach(part -> part.forEach((refusal, values) -> addAll(all, refusal, values)));
    return all;
  }

  private static Iterator<Map<Refusal, List<String>>> ofPartition(Iterator<Row> rows) {
    Map<Refusal, List<String>> refused = new LinkedHashMap<>();
    while (rows.hasNext()) {
      for (Row reason : rows.next().<Row>getList(0)) {
        Refusal refusal = new Refusal(reason.getAs("column"), reason.getAs("reason"));
        if (!refusal.reason().equals(MALFORMED)) {
          add(refused, refusal, reason.getAs("value"));
        }
      }
    }
    return List.of(refused).iterator();
  }

  private static void addAll(
      Map<Refusal, List<String>> refused, Refusal refusal, List<String> values) {
    add(refused, refusal, null); // one without a value is one, too
    values.forEach(value -> add(refused, refusal, value));
  }

  private static void add(Map<Refusal, List<String>> refused, Refusal refusal, String value) {
    List<String> samples = refused.computeIfAbsent(refusal, r -> new ArrayList<>());
    if (value != null && samples.size() < MOST_SAMPLES && !samples.contains(value)) {
      samples.add(value);
    }
  }
}
