package io.afp.core.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc_nulls_last;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows rows that are kept beside a table, newest first, with each reason as a sentence. */
@Command(name = "kept-out-explain")
final class KeptOutExplain extends KeptOutReading {

  KeptOutExplain(KeptOut rows) {
    super(rows);
  }

  @Option(names = "--reason")
  String reason;

  @Option(names = "--column")
  String column;

  @Option(names = "--limit", required = true)
  int limit;

  @Override
  ObjectNode read(SparkSession session, PipelineDef pipeline, List<TableDef> sources) {
    TableDef table = sources.get(0);
    ObjectNode data = JSON.createObjectNode().put("table", table.name().toString()).put("rows", 0);
    ArrayNode rejects = data.putArray(rows.toString());
    stored(session, table)
        .map(all -> whole(all).filter(exists(col("reasons"), this::isAsked)))
        .ifPresent(
            asked -> {
              data.put("rows", asked.count());
              newest(asked).forEach(r -> describe(r, table, pipeline, rejects.addObject()));
            });
    return data;
  }

  /** An earlier AFP has not written all columns. */
  private Dataset<Row> whole(Dataset<Row> rejects) {
    Dataset<Row> whole = rejects;
    for (String name : List.of("line", "offset", "run_id", rows.moment())) {
      if (!Arrays.asList(rejects.columns()).contains(name)) {
        whole = whole.withColumn(name, lit(null).cast("string"));
      }
    }
    return whole;
  }

  private Column isAsked(Column said) {
    Column ofReason = reason == null ? lit(true) : said.getField("reason").equalTo(reason);
    Column ofColumn = column == null ? lit(true) : said.getField("column").equalTo(column);
    return ofReason.and(ofColumn);
  }

  private List<Row> newest(Dataset<Row> rejects) {
    return rejects
        .orderBy(
            desc_nulls_last(rows.moment()), col("file"), col("line"), col("offset"), col("record"))
        .limit(limit)
        .collectAsList();
  }

  private void describe(Row reject, TableDef table, PipelineDef pipeline, ObjectNode node) {
    Masked masked = new Masked(table, rows);
    node.put("interval", interval(reject, pipeline))
        .put("file", reject.<String>getAs("file"))
        .put("line", (Long) reject.getAs("line"))
        .put("offset", (Long) reject.getAs("offset"))
        .put("record", masked.record(reject.getAs("record")))
        .put("run_id", reject.<String>getAs("run_id"))
        .put(rows.moment(), text(reject.getAs(rows.moment())));
    ArrayNode reasons = node.putArray("reasons");
    reject.<Row>getList(reject.fieldIndex("reasons")).forEach(r -> reason(r, masked, reasons));
  }

  private void reason(Row reason, Masked masked, ArrayNode reasons) {
    String column = reason.getAs("column");
    String why = reason.getAs("reason");
    String value = masked.value(column, reason.getAs("value"));
    ObjectNode node =
        reasons.addObject().put("column", column).put("reason", why).put("value", value);
    for (String more : List.of("rule", "severity")) {
      if (Arrays.asList(reason.schema().fieldNames()).contains(more)) {
        node.put(more, reason.<String>getAs(more));
      }
    }
    node.put("sentence", sentence(reason, masked, value));
  }

  /**
   * That of the run that judged it; not of a personal value, nor where an earlier AFP wrote none.
   */
  private String sentence(Row reason, Masked masked, String value) {
    String column = reason.getAs("column");
    if (rows == KeptOut.QUARANTINE && masked.isPersonal(column)) {
      String rule = "breaks " + reason.<String>getAs("rule");
      return RejectText.sentence(
          column, value == null ? rule : "%s: \"%s\"".formatted(rule, value));
    }
    boolean known = Arrays.asList(reason.schema().fieldNames()).contains("message");
    String message = known && !masked.isPersonal(column) ? reason.getAs("message") : null;
    return message == null
        ? RejectText.sentence(masked.table(), column, reason.getAs("reason"), value)
        : RejectText.sentence(column, message);
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
