package io.afp.core.definition;

import io.afp.core.definition.AnomalyDef.Season;
import io.afp.core.definition.CheckDef.Anomaly;
import io.afp.core.definition.CheckDef.Fresh;
import io.afp.core.definition.CheckDef.Key;
import io.afp.core.definition.CheckDef.Rows;
import io.afp.core.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The checks of a table have names of their own, and each has what it judges by. */
final class CheckRules {

  private final TableContext context;
  private final Map<String, String> implied;
  private final Set<String> names = new HashSet<>();

  private CheckRules(TableContext context) {
    this.context = context;
    this.implied =
        context.table().impliedChecks().stream()
            .collect(Collectors.toMap(CheckDef::name, check -> check.rule().keyword()));
  }

  static void check(TableContext context) {
    CheckRules rules = new CheckRules(context);
    for (ColumnDef column : context.table().declared()) {
      rules.checkAll("columns.%s.checks".formatted(column.name()), column.checks());
    }
    rules.checkAll("checks", context.table().checks());
  }

  private void checkAll(String path, List<CheckDef> checks) {
    for (int i = 0; i < checks.size(); i++) {
      String place = context.item(path, i);
      CheckDef check = checks.get(i);
      checkName(place, check);
      checkShare(place, check);
      checkLevels(place, check);
      checkQuarantine(place, check);
      if (check.rule() instanceof Key key && check.column().isEmpty()) {
        ColumnRules.checkList(context, place + ".key", key.columns());
      } else if (check.rule() instanceof RowRule rule) {
        new RowRuleTypes(context, rule).check("%s.%s".formatted(place, rule.keyword()));
      } else if (check.rule() instanceof MetricRule.Association rule) {
        new AssociationTypes(context, rule).check("%s.%s".formatted(place, rule.keyword()));
      } else if (check.rule() instanceof OrderRule rule) {
        ColumnRules.checkList(context, "%s.%s".formatted(place, rule.keyword()), rule.columns());
      }
      checkHistory("%s.%s".formatted(place, check.rule().keyword()), check.rule());
      if (check.rule() instanceof Fresh) {
        checkFresh(place + ".fresh", check.column());
      }
      if (check.rule() instanceof Anomaly anomaly) {
        checkSeason(place + ".anomaly", anomaly.watched());
      }
    }
  }

  private void checkName(String path, CheckDef check) {
    String keyword = implied.get(check.name());
    if (keyword != null) {
      reportName(path, check, "%s of %s has it".formatted(keyword, context.table().name()));
    } else if (!names.add(check.name())) {
      reportName(path, check, "it is there twice in " + context.table().name());
    }
  }

  private void reportName(String path, CheckDef check, String why) {
    context.error(
        ErrorCode.DUPLICATE_NAME,
        path,
        "Cannot use check name %s: %s".formatted(check.name(), why),
        "Give this check a name of its own.");
  }

  private void checkShare(String path, CheckDef check) {
    CheckDef.Rule rule = check.rule();
    if (!rule.isAboutRows() && context.has(path + ".at_least")) {
      context.error(
          ErrorCode.CONTRADICTION,
          path + ".at_least",
          "Cannot use at_least for %s in %s: %s has no share"
              .formatted(rule.keyword(), context.table().name(), judged(rule)),
          "Remove at_least.");
    }
    if (rule instanceof TableRule && check.where().isPresent()) {
      context.error(
          ErrorCode.CONTRADICTION,
          path + ".where",
          "Cannot use where for %s in %s: it judges no single rows"
              .formatted(rule.keyword(), context.table().name()),
          "Remove where.");
    }
  }

  private void checkQuarantine(String path, CheckDef check) {
    if (check.quarantine()) {
      notQuarantined(check)
          .ifPresent(
              why ->
                  context.error(
                      ErrorCode.CONTRADICTION,
                      path + ".quarantine",
                      "Cannot use quarantine for %s in %s: %s"
                          .formatted(check.rule().keyword(), context.table().name(), why),
                      "Remove quarantine."));
    }
  }

  private Optional<String> notQuarantined(CheckDef check) {
    CheckDef.Rule rule = check.rule();
    TableDef table = context.table();
    if (!rule.isAboutRows()
        || rule instanceof Key
        || rule instanceof OrderRule
        || rule instanceof CheckDef.References) {
      return Optional.of("whether a row obeys is not known while it is written");
    }
    if (table.isView() || context.outside()) {
      return Optional.of("no row of it is written");
    }
    return Optional.of("a row that is not there counts as deleted (mode=snapshot)")
        .filter(why -> table.write().mode() == WriteDef.WriteMode.SNAPSHOT);
  }

  private static String judged(CheckDef.Rule rule) {
    if (rule instanceof Rows) {
      return "a number of rows";
    }
    if (rule instanceof Fresh) {
      return "the newest value";
    }
    if (rule instanceof Anomaly) {
      return "a quantity";
    }
    return rule instanceof MetricRule ? "what is made of all values" : "a table as a whole";
  }

  private void checkLevels(String path, CheckDef check) {
    boolean two = !check.quarantine() || context.has(path + ".at_least.warn");
    if (check.warning().isPresent() && two && context.has(path + ".severity")) {
      context.error(
          ErrorCode.CONTRADICTION,
          path + ".severity",
          "Cannot use severity for %s in %s: warn and error say it already"
              .formatted(check.rule().keyword(), context.table().name()),
          "Remove severity.");
    }
  }

  private void checkHistory(String path, CheckDef.Rule rule) {
    if (context.outside()) {
      noHistory(rule)
          .ifPresent(
              why ->
                  context.error(
                      ErrorCode.CONTRADICTION,
                      path,
                      "Cannot judge %s: %s".formatted(context.table().name(), why),
                      "Declare what is expected: by rows, mean or quantile, or a distribution."));
    }
  }

  /** Why a rule can't be judged where no pipeline fills the table; empty when it can. */
  static Optional<String> noHistory(CheckDef.Rule rule) {
    boolean compares =
        rule instanceof Anomaly
            || rule instanceof MetricRule.Distribution distribution && distribution.isOfBefore();
    return Optional.of(
            "%s needs the history in the ledger, which only runs of a pipeline have"
                .formatted(rule.keyword()))
        .filter(why -> compares);
  }

  private void checkSeason(String path, AnomalyDef watched) {
    Optional<IntervalUnit> unit =
        context.interval().filter(i -> context.table().hasInterval()).map(IntervalDef::unit);
    boolean longer = unit.filter(u -> u.compareTo(IntervalUnit.DAY) > 0).isPresent();
    if (watched.season() == Season.WEEKDAY && longer) {
      context.error(
          ErrorCode.CONTRADICTION,
          path,
          "Cannot compare %s by weekday: its interval has several (unit=%s)"
              .formatted(context.table().name(), unit.get().name().toLowerCase(Locale.ROOT)),
          "Remove by.");
    }
  }

  private void checkFresh(String path, Optional<String> column) {
    if (column.isEmpty()) {
      reportNoTime(path);
    } else if (context.table().column(column.get()).filter(ColumnDef::pii).isPresent()) {
      context.error(
          ErrorCode.CONTRADICTION,
          path,
          "Cannot use fresh for column %s of %s: the column is personal, and the %s its newest value"
              .formatted(
                  column.get(),
                  context.table().name(),
                  context.outside() ? "verdict would show" : "ledger would keep"),
          "Judge a column that is not personal, such as one of metadata.");
    }
  }

  private void reportNoTime(String path) {
    context.error(
        ErrorCode.CONTRADICTION,
        path,
        "Cannot judge whether %s is fresh: it has no interval_column"
            .formatted(context.table().name()),
        "Write the check under the column whose newest value counts.");
  }
}
