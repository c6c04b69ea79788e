package io.afp.core.lake;

import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.RebalancePartitions;
import org.apache.spark.sql.catalyst.plans.physical.HashPartitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.execution.exchange.REBALANCE_PARTITIONS_BY_COL$;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Shuffles the rows of a write into more parts than the session asks for. Spark cuts a part that is
 * larger than a task through all partitions of the table in it, so few of them may share one; small
 * parts it puts together.
 */
final class WriteShuffle extends SparkStrategy {

  /** As many as Spark writes without sorting them first. */
  private static final int PARTS = 200;

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    boolean ofWrite =
        plan instanceof RebalancePartitions rows
            && rows.optAdvisoryPartitionSize().isDefined()
            && rows.partitioning() instanceof HashPartitioning;
    List<SparkPlan> planned = ofWrite ? List.of(shuffle((RebalancePartitions) plan)) : List.of();
    return JavaConverters.asScalaBuffer(planned);
  }

  private SparkPlan shuffle(RebalancePartitions rows) {
    int parts = Math.max(PARTS, rows.numPartitions());
    return new ShuffleExchangeExec(
        new HashPartitioning(rows.partitionExpressions(), parts),
        planLater(rows.child()),
        REBALANCE_PARTITIONS_BY_COL$.MODULE$,
        rows.optAdvisoryPartitionSize());
  }
}
