package io.afp.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;

class StatementParserTest {

  private static final SqlParser OURS = new StatementParser();
  private static final SqlParser THEIRS = new ColonPrefixSqlParser();

  @Example
  void parametersAreFoundOutsideOfTextsAndComments() {
    ParsedSql parsed =
        OURS.parse("select ':a', x::text -- :b\n from t where \":c\" = :name_1 /* :d */", null);
    assertThat(parsed.getSql())
        .isEqualTo("select ':a', x::text -- :b\n from t where \":c\" = ? /* :d */");
    assertThat(parsed.getParameters().getParameterNames()).containsExactly("name_1");
  }

  @Property(tries = 300)
  void theyAreThoseThatJdbiFinds(@ForAll("statements") String sql) {
    assertThat(OURS.parse(sql, null)).isEqualTo(THEIRS.parse(sql, null));
  }

  /** Parameters of a statement have names or positions, not both. */
  @Provide
  Arbitrary<String> statements() {
    List<String> parts =
        List.of(
            "select x",
            "x::text",
            "'a :b ? '",
            "'it''s'",
            "\"a :b\"",
            "-- a :b '\n",
            "/* :a ' \n ? */",
            "(a - b) / 2");
    return Arbitraries.of(List.of(":run_id", "= any(:names)"), List.of("?", "(?, ?)"))
        .flatMap(
            parameters ->
                Arbitraries.of(Stream.of(parts, parameters).flatMap(List::stream).toList())
                    .list()
                    .ofMaxSize(12)
                    .map(all -> String.join(" ", all)));
  }
}
