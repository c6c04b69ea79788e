package io.afp.core.lake;

import static org.apache.iceberg.TableProperties.WRITE_DISTRIBUTION_MODE;
import static org.apache.iceberg.TableProperties.WRITE_TARGET_FILE_SIZE_BYTES;
import static org.apache.iceberg.spark.SparkTableProperties.WRITE_ADVISORY_PARTITION_SIZE_BYTES;

import io.afp.core.catalog.Branches;
import io.afp.core.definition.LayoutDef;
import io.afp.core.definition.TableName;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkWriteConf;
import org.apache.iceberg.spark.SparkWriteOptions;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Repartition;
import org.apache.spark.sql.catalyst.plans.physical.SinglePartition$;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.distributions.UnspecifiedDistribution;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.write.RequiresDistributionAndOrdering;
import org.apache.spark.sql.connector.write.RowLevelOperation.Command;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.datasources.v2.DistributionAndOrderingUtils;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Divides rows among the tasks that write them: as the table asks for, and into few tasks where it
 * does not ask, because each task leaves a file that is not full.
 *
 * <p>The tasks are made by a shuffle whose sizes Spark knows before it reads it: what is larger
 * than a task is cut between the tasks before it, what is smaller stays in one.
 */
record WriteTasks(SparkSession session, TableName name, Table table) {

  /** Everything is one partition; what is neither partitioned nor sorted has no other. */
  private static final Distribution TOGETHER =
      Distributions.clustered(new Expression[] {Expressions.literal(0)});

  /** Rows for a write that divides them no further. */
  Dataset<Row> of(Dataset<Row> rows) {
    return isNone() ? rows : of(rows, plan(rows), taskSize());
  }

  /**
   * The same of rows that are made of all rows of files, but for some. Where a row may lie in any
   * file, the tasks that read also write, and nothing is shuffled; else large partitions are cut so
   * that all cores write.
   */
  Dataset<Row> ofFiles(Dataset<Row> rows) {
    if (isNone()) {
      return rows;
    }
    LoadSize load = LoadSize.of(rows, targetFileSize());
    SparkPlan plan = plan(rows);
    boolean isShuffled = plan instanceof AdaptiveSparkPlanExec;
    return load.tasks() > 1 && mayLieAnywhere() && !isShuffled
        ? rows.coalesce((int) load.tasks())
        : of(rows, plan, Math.min(taskSize(), load.task()));
  }

  private Dataset<Row> of(Dataset<Row> rows, SparkPlan planned, long taskSize) {
    if (isOneTask(planned)) {
      return rows;
    }
    Distribution wanted = conf().writeRequirements().distribution();
    LogicalPlan plan = rows.queryExecution().analyzed();
    return wanted instanceof UnspecifiedDistribution && isCoalesced(plan)
        ? rows
        : Dataset.ofRows(session, divided(plan, wanted, taskSize));
  }

  private boolean mayLieAnywhere() {
    return table.spec().isUnpartitioned() && table.sortOrder().isUnsorted();
  }

  /** A MERGE, with its rows divided where Iceberg would leave them as they come out of a join. */
  LogicalPlan of(LogicalPlan merge) {
    Distribution wanted = conf().copyOnWriteRequirements(Command.MERGE).distribution();
    if (isNone() || !(wanted instanceof UnspecifiedDistribution)) {
      return merge;
    }
    LogicalPlan rows = merge.children().head();
    return merge.withNewChildren(
        JavaConverters.asScalaBuffer(List.of(divided(rows, wanted, taskSize()))));
  }

  /**
   * A write of rows that are divided already.
   *
   * @param properties recorded in the summary of the snapshot
   */
  DataFrameWriterV2<Row> writer(Dataset<Row> divided, Map<String, String> properties) {
    DataFrameWriterV2<Row> writer =
        divided.writeTo(name.toString()).option(SparkWriteOptions.DISTRIBUTION_MODE, "none");
    properties.forEach((key, value) -> writer.option("snapshot-property." + key, value));
    return writer;
  }

  private SparkWriteConf conf() {
    return new SparkWriteConf(session, table, Map.of());
  }

  private boolean isNone() {
    return "none".equals(table.properties().get(WRITE_DISTRIBUTION_MODE));
  }

  /**
   * Whether the rows come out of one task anyway, so that a shuffle would cost and bring nothing.
   */
  private static boolean isOneTask(SparkPlan plan) {
    return plan instanceof AdaptiveSparkPlanExec adaptive
        ? adaptive.initialPlan().outputPartitioning() instanceof SinglePartition$
        : plan.execute().getNumPartitions() <= 1;
  }

  private static SparkPlan plan(Dataset<Row> rows) {
    return WidePlan.outline(rows).queryExecution().executedPlan();
  }

  /** Whether somebody has said how many tasks write the rows. */
  private static boolean isCoalesced(LogicalPlan plan) {
    return plan instanceof Project columns
        ? isCoalesced(columns.child())
        : plan instanceof Repartition tasks && !tasks.shuffle();
  }

  private LogicalPlan divided(LogicalPlan rows, Distribution wanted, long taskSize) {
    Distribution distribution = wanted instanceof UnspecifiedDistribution ? TOGETHER : wanted;
    FunctionCatalog functions =
        (FunctionCatalog) session.sessionState().catalogManager().catalog(Branches.MAIN);
    return DistributionAndOrderingUtils.prepareQuery(
        new Divided(distribution, taskSize), rows, Option.apply(functions));
  }

  private long targetFileSize() {
    return PropertyUtil.propertyAsLong(
        table.properties(), WRITE_TARGET_FILE_SIZE_BYTES, LayoutDef.STANDARD.targetFileSize());
  }

  private long taskSize() {
    return PropertyUtil.propertyAsLong(
        table.properties(), WRITE_ADVISORY_PARTITION_SIZE_BYTES, TableLayout.STANDARD_TASK);
  }

  private record Divided(Distribution requiredDistribution, long advisoryPartitionSizeInBytes)
      implements RequiresDistributionAndOrdering {

    @Override
    public boolean distributionStrictlyRequired() {
      return false;
    }

    @Override
    public SortOrder[] requiredOrdering() {
      return new SortOrder[0];
    }
  }
}
