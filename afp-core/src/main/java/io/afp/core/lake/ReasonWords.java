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
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableDef;
import java.util.Optional;
import org.apache.spark.sql.Column;

/** What is wrong with a rejected row, for people. */
public final class ReasonWords {

  private static final int LONGEST_VALUE = 100;
  private static final int LONGEST_LIST = 200;

  static final String MISSING = "no value";
  static final String MALFORMED = "not split into fields";
  static final String OUTSIDE = "outside of the interval of its file";

  private ReasonWords() {}

  /** The words and the value behind them, in quotes and cut if it is long. */
  static Column sentence(String words, Column value) {
    return sentence(lit(words), value);
  }

  static Column sentence(Column words, Column value) {
    Column cut =
        when(length(value).gt(LONGEST_VALUE), concat(value.substr(1, LONGEST_VALUE), lit("…")))
            .otherwise(value);
    return coalesce(concat(words, lit(": \""), cut, lit("\"")), words);
  }

  /**
   * The same for a reason that is stored.
   *
   * @param column its column, or empty for the row as a whole
   * @param value as it may be shown; null without one
   */
  public static String sentence(TableDef table, String column, String reason, String value) {
    String words =
        table.declared().stream()
            .filter(c -> c.name().equals(column))
            .findFirst()
            .flatMap(c -> of(c, reason, value))
            .orElseGet(() -> ofRow(table, reason));
    return value == null ? words : "%s: \"%s\"".formatted(words, cut(value));
  }

  private static String cut(String value) {
    return value.codePointCount(0, value.length()) <= LONGEST_VALUE
        ? value
        : value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
  }

  private static Optional<String> of(ColumnDef column, String reason, String value) {
    Optional<Rule> rule =
        column.entry().rules().stream().filter(r -> r.keyword().equals(reason)).findFirst();
    return switch (reason) {
      case "type" -> Optional.of(notOfType(column));
      case "required" -> Optional.of(MISSING);
      case "interval" -> Optional.of(OUTSIDE);
      case "length" -> rule.map(r -> broken((Length) r, value));
      default -> rule.map(ReasonWords::broken);
    };
  }

  private static String ofRow(TableDef table, String reason) {
    return switch (reason) {
      case "malformed" -> MALFORMED;
      case "duplicate" -> sameKey(table);
      default -> reason;
    };
  }

  /** Of a value that is not shown it is not known on which side it is. */
  private static String broken(Length rule, String value) {
    if (value == null || value.equals(Pii.HIDDEN)) {
      return "too short or too long";
    }
    long characters = value.codePointCount(0, value.length());
    boolean isShort = rule.min().isPresent() && characters < rule.min().getAsLong();
    return isShort || rule.max().isEmpty() ? tooShort(rule) : tooLong(rule);
  }

  static String sameKey(TableDef table) {
    return "another row has the key " + table.key();
  }

  /** Not a value of the type, in words that the text follows. */
  public static String notOfType(ColumnDef column) {
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
