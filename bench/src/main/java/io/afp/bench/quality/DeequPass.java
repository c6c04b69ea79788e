package io.afp.bench.quality;

import com.amazon.deequ.VerificationResult;
import com.amazon.deequ.VerificationSuite;
import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckLevel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Function1;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.immutable.List;
import scala.collection.immutable.Nil$;

/** The rules in a second pass over what was written, as Deequ is used by itself. */
final class DeequPass {

  private static final Function1<Object, Object> ALL = share -> (double) share == 1.0;
  private static final Function1<Object, Object> SOME = number -> (double) number > 0;

  private DeequPass() {}

  /**
   * Judges rows, and asks that they obey.
   *
   * @param keyed whether the key is judged too
   */
  static void judge(Dataset<Row> rows, boolean keyed) {
    Check check = new Check(CheckLevel.Error(), "lineitem", none());
    for (String column : Rules.COMPLETE) {
      check = check.isComplete(column, Option.empty(), Option.empty());
    }
    for (String predicate : Rules.predicates()) {
      check = check.satisfies(predicate, predicate, ALL, Option.empty(), none(), Option.empty());
    }
    for (String column : DistinctValues.COLUMNS) {
      check = check.hasApproxCountDistinct(column, SOME, Option.empty());
    }
    if (keyed) {
      check = check.hasUniqueness(JavaConverters.asScalaBuffer(Rules.KEY), ALL);
    }
    VerificationResult result = new VerificationSuite().onData(rows).addCheck(check).run();
    if (!result.status().toString().equals("Success")) {
      throw new IllegalStateException("Cannot compare times: Deequ found " + result.status());
    }
  }

  @SuppressWarnings("unchecked") // an empty list is one of anything
  private static <T> List<T> none() {
    return (List<T>) (Object) Nil$.MODULE$;
  }
}
