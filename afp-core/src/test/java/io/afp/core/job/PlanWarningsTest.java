package io.afp.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CsvBuilder;
import io.afp.core.definition.CsvParser;
import io.afp.core.definition.TableDef;
import io.afp.core.spi.Inputs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlanWarningsTest {

  private static List<String> warnings(Plan.Way way, UnaryOperator<CsvBuilder> csv) {
    TableDef table = TableDef.named("raw.a").fromCsv("a.csv", csv).column("id", "int").build();
    Plan.Step step = new Plan.Step(table, null, Inputs.ofTables(Set.of()), List.of(), way);
    return new Plan(List.of(step), Map.of(), List.of(), Map.of(), Set.of(), SourceFindings.none())
        .warnings().stream().map(each -> each.code().code() + " " + each.message()).toList();
  }

  @Test
  void filesThatOnlySparksParserReadsAreSaid() {
    assertThat(warnings(Plan.Way.USUAL, csv -> csv.quote("\u00a7")))
        .containsExactly(
            "AFP-ING-047 The files of raw.a are read by Spark's parser, which is slower:"
                + " quote is not of ASCII (quote=\u00a7)");
  }

  @Test
  void nothingIsSaidOfWhatIsUsualOrMeantOrNotRead() {
    assertThat(warnings(Plan.Way.USUAL, csv -> csv)).isEmpty();
    assertThat(warnings(Plan.Way.USUAL, csv -> csv.quote("\u00a7").reader(CsvParser.SPARK)))
        .isEmpty();
    assertThat(warnings(Plan.Way.REPLAY, csv -> csv.quote("\u00a7"))).isEmpty();
  }
}
