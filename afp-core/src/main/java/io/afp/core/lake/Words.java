package io.afp.core.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.afp.core.definition.CheckDef.In;
import io.afp.core.definition.CheckDef.Length;
import io.afp.core.definition.CheckDef.Matches;
import io.afp.core.definition.CheckDef.Rule;
import io.afp.core.definition.ColumnDef;
import io.afp.core.definition.ColumnType.Kind;
import org.apache.spark.sql.Column;

/** What is wrong with a rejected row, for people. */
final class Words {

  private static final int LONGEST_VALUE = 100;
  private static final int LONGEST_LIST = 200;

  private Words() {}

  /** The words and the value behind them, in quotes and cut if it is long. */
  static Column sentence(String words, Column value) {
    Column cut =
        when(length(value).gt(LONGEST_VALUE), concat(value.substr(1, LONGEST_VALUE), lit("…")))
            .otherwise(value);
    return coalesce(concat(lit(words + ": \""), cut, lit("\"")), lit(words));
  }

  /** Not a value of the type. */
  static String notOfType(ColumnDef column) {
    String article = column.type().kind() == Kind.INT ? "an" : "a";
    String form = column.entry().format().map(format -> " of the form " + format).orElse("");
    return "not %s %s%s".formatted(article, column.type(), form);
  }

  /** A value that breaks a rule; of a length, one that is too short or one that is too long. */
  static String broken(Rule rule) {
    if (rule instanceof In in) {
      String list = String.join(", ", in.values());
      boolean isLong = list.length() > LONGEST_LIST;
      return "not one of [%s]".formatted(isLong ? list.substring(0, LONGEST_LIST) + "…" : list);
    }
    if (rule instanceof Matches matches) {
      return "does not match %s".formatted(matches.regex());
    }
    throw new IllegalArgumentException("No words for " + rule.keyword());
  }

  static String tooShort(Length rule) {
    return "shorter than " + characters(rule.min().orElseThrow());
  }

  static String tooLong(Length rule) {
    return "longer than " + characters(rule.max().orElseThrow());
  }

  private static String characters(long number) {
    return number == 1 ? "1 character" : number + " characters";
  }
}
