package io.afp.quality;

import io.afp.core.definition.TableName;
import io.afp.core.error.Problem;
import io.afp.core.measure.CheckPlan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the checks of a table would be answered.
 *
 * @param table what the table is called
 * @param answers how, and how often rows are read for that; without the checks whose columns are
 *     not there
 * @param broken why checks can't be evaluated, by their names, in the order of declaration; a check
 *     may be broken also by what the rows are
 */
public record QualityPlan(TableName table, CheckPlan answers, Map<String, String> broken) {

  public QualityPlan {
    broken = Collections.unmodifiableMap(new LinkedHashMap<>(broken));
  }

  /** One of each check that is broken: a gate would not let the rows pass, whatever they are. */
  public List<Problem> problems() {
    return broken.entrySet().stream()
        .map(check -> QualityResult.broken(check.getKey(), DeequJudge.brokenBy(check.getValue())))
        .toList();
  }
}
