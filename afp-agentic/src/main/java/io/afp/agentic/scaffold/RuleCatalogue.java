package io.afp.agentic.scaffold;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.CheckDef.Severity;
import io.afp.core.definition.RejectsDef;
import io.afp.core.definition.TableDef;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What documents say of the rules for the data: every check of every table, and how many rows of a
 * source may break its contract.
 */
final class RuleCatalogue {

  private static final String HEAD =
      "| check | column | rule | threshold | severity | owner |\n|---|---|---|---|---|---|";

  private RuleCatalogue() {}

  /** Those of all pipelines, table by table. */
  static String of(Survey survey) {
    String sections =
        survey.pipelines().stream()
            .flatMap(p -> p.tables().stream().map(t -> section(t, p.owner())))
            .collect(Collectors.joining("\n\n"));
    return sections.isEmpty() ? Draft.NOTHING : sections;
  }

  private static String section(TableDef table, Optional<String> owner) {
    List<String> rows =
        Stream.concat(
                table.source().stream().map(s -> contract(table, owner)),
                table.allChecks().stream().map(check -> row(check, owner)))
            .toList();
    String judged = rows.isEmpty() ? "No rule." : HEAD + "\n" + String.join("\n", rows);
    return "## %s\n\n%s".formatted(table.name(), judged);
  }

  private static String contract(TableDef table, Optional<String> owner) {
    RejectsDef limits = table.rejects();
    String most = "at most %s of the rows".formatted(percent(limits.atMost()));
    String threshold =
        limits.max().isPresent()
            ? "%s, at most %d".formatted(most, limits.max().getAsLong())
            : most;
    return row(
        table.name() + ".rejects", "", "breaks the contract", threshold, "error", owner.orElse(""));
  }

  private static String row(CheckDef check, Optional<String> owner) {
    return row(
        check.name(),
        check.column().orElse(""),
        RuleText.of(check.rule()) + check.where().map(" where "::concat).orElse(""),
        threshold(check),
        severity(check),
        check.about().owner().or(() -> owner).orElse(""));
  }

  private static String row(String... cells) {
    return Stream.of(cells).map(Quoted::cell).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String threshold(CheckDef check) {
    String first = share(check);
    Optional<String> second =
        check
            .asWarning()
            .map(w -> check.rule().isAboutRows() ? share(w) : RuleText.of(w.rule()))
            .map("; warns unless "::concat);
    return first + second.orElse("");
  }

  private static String share(CheckDef check) {
    if (!check.rule().isAboutRows()) {
      return "as the rule says";
    }
    boolean all = check.atLeast().compareTo(BigDecimal.ONE) == 0;
    return all ? "all rows" : "at least %s of the rows".formatted(percent(check.atLeast()));
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }

  private static String severity(CheckDef check) {
    String word = check.severity() == Severity.ERROR ? "error" : "warn";
    return check.quarantine() ? word + ", rows are kept out" : word;
  }
}
