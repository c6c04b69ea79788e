package io.afp.agentic.scaffold;

import io.afp.core.ledger.QualityHistory.Judged;
import io.afp.core.ledger.RunReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What documents say of what was run, as a ledger tells it. Blocks of it are left alone where no
 * ledger is asked.
 *
 * @param verdicts the last on each table
 */
public record LedgerBlocks(List<Judged> verdicts) {

  /** The contents, by the ids of their blocks. */
  Map<String, String> contents(Survey survey) {
    Map<String, String> contents = new LinkedHashMap<>();
    contents.put("quality_results", results(survey));
    return contents;
  }

  /** Of the tables of the project alone; a ledger may be that of several. */
  private String results(Survey survey) {
    Set<String> tables =
        survey.tables().stream().map(t -> t.name().toString()).collect(Collectors.toSet());
    return Draft.table(
        "| table | check | result | broke it | judged | run | on |\n|---|---|---|---|---|---|---|",
        verdicts.stream().filter(v -> tables.contains(v.check().table().toString())).toList(),
        LedgerBlocks::result);
  }

  private static String result(Judged verdict) {
    RunReport.Check check = verdict.check();
    return "| `%s` | %s | %s | %d | %d | `%s` | %s |"
        .formatted(
            check.table(),
            Quoted.cell(check.name()),
            check.status(),
            check.rowsFailed(),
            check.rowsJudged(),
            verdict.run(),
            Quoted.time(verdict.started()));
  }
}
