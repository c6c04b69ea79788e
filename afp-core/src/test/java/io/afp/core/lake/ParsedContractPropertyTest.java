package io.afp.core.lake;

import static io.afp.core.definition.CheckBuilder.in;
import static io.afp.core.definition.CheckBuilder.length;
import static io.afp.core.definition.CheckBuilder.matches;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.ColumnBuilder;
import io.afp.core.definition.Pii;
import io.afp.core.definition.TableBuilder;
import io.afp.core.definition.TableDef;
import io.afp.core.settings.Secret;
import io.afp.core.testing.TestSpark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Whoever parses the texts, the contract or the source: the same rows are accepted, and the same
 * are rejected for the same reasons.
 */
class ParsedContractPropertyTest {

  private static final List<String> NULLS = List.of("NA", "");
  private static final Optional<KeyedHash> HASH =
      Optional.of(new KeyedHash(Secret.of("a key that nobody guesses")));

  /** A column of a file, and a text that it accepts. */
  private record Field(String name, String type, String good, UnaryOperator<ColumnBuilder> rules) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("a", "int", "7", c -> c.required()),
          new Field("b", "int", "7", c -> c.required().otherwise("-1")),
          new Field("c", "long", "12345678901", c -> c.otherwise("5").rejectUnless(in("5", "7"))),
          new Field("d", "decimal(9,2)", "1.50", c -> c.required()),
          new Field("e", "decimal(9,2)", "1.234,50", c -> c.format("#.##0,00")),
          new Field("f", "double", "1e3", c -> c.required()),
          new Field("g", "float", "1.5", c -> c.rejectUnless(in("1.5"))),
          new Field("h", "boolean", "yes", c -> c.otherwise("false")),
          new Field("i", "date", "05.01.2013", c -> c.required().format("dd.MM.yyyy")),
          new Field("j", "timestamp", "2013-01-05 12:30:00", c -> c.zone("Europe/Berlin")),
          new Field("k", "timestamp_ntz", "2013-01-05", c -> c.otherwise("2000-01-01")),
          new Field("l", "string", "A", c -> c.required().rejectUnless(in("A", "x"))),
          new Field(
              "m",
              "string",
              "ABC",
              c -> c.rejectUnless(length(2, 5)).rejectUnless(matches("[A-Z]+"))),
          new Field("n", "binary", "bytes", c -> c.required()),
          new Field("o", "string", "ann", c -> c.required().pii(Pii.HASH)),
          new Field("p", "string", "0170", c -> c.pii(Pii.MASK).rejectUnless(length(2, 4))),
          new Field("q", "date", "1990-01-05", c -> c.required().pii(Pii.DROP)),
          new Field("day", "date", "2013-01-05", c -> c.required()));

  private static final Map<String, String> COMPUTED =
      Map.of("a", "a * 2", "b", "b + 300", "c", "c / 2", "e", "int(e)", "l", "length(l)");

  private static final List<String> TEXTS =
      List.of(
          ("7| 7|x|NA| NA|1.5|1,5|2147483648|true|2013-01-05|2013-02-01|31.02.2013|1e400|NaN|é|"
                  + "12:30|A|ABC|abcdefgh|5|\"q\"| |0.125")
              .split("\\|"));

  /** A file and the table that it fills. */
  record File(TableDef table, List<String> fields, List<List<String>> records, boolean inUnit) {}

  @BeforeContainer
  static void aSessionWithoutACatalog() {
    SparkSession.setActiveSession(TestSpark.session());
  }

  @Tag("long")
  @Property(tries = 60)
  void rowsAndRejectsAreTheSameWhoeverParsesManyTimes(@ForAll("files") File file) {
    rowsAndRejectsAreTheSameWhoeverParses(file);
  }

  @Property(tries = 10)
  void rowsAndRejectsAreTheSameWhoeverParses(@ForAll("files") File file) {
    Parsed parsed = new Parsed(file.table(), NULLS, file.fields());
    Contract contract = new Contract(file.table(), NULLS, HASH);
    Contract.Conformed texts = contract.conform(unit(file, parsed.texts(file.records())));
    Contract.Conformed typed = contract.conform(unit(file, parsed.rows(file.records())));
    List<String> rejects = json(texts.rejected());
    assertThat(json(typed.rejected())).isEqualTo(rejects);
    List<String> accepted = json(texts.accepted());
    assertThat(json(typed.accepted())).isEqualTo(accepted);
    assertThat(rejects.size() + accepted.size()).isEqualTo(file.records().size());
  }

  private static RawRows unit(File file, RawRows rows) {
    return file.inUnit() ? Contracts.inUnit(rows, "date", "2013-01-01", "2013-02-01") : rows;
  }

  private static List<String> json(Dataset<Row> rows) {
    Column all = to_json(struct("*"), Map.of("ignoreNullFields", "false"));
    return rows.select(all).as(Encoders.STRING()).collectAsList();
  }

  @Provide
  Arbitrary<File> files() {
    Arbitrary<List<Field>> fields =
        Arbitraries.of(FIELDS.subList(1, FIELDS.size())).list().uniqueElements().ofMaxSize(6);
    Arbitrary<List<List<Integer>>> choices =
        Arbitraries.integers().between(0, 99).list().ofSize(8).list().ofMinSize(1).ofMaxSize(6);
    Arbitrary<Integer> form = Arbitraries.integers().between(0, 15);
    return Combinators.combine(fields, choices, form).as(ParsedContractPropertyTest::file);
  }

  private static File file(List<Field> more, List<List<Integer>> choices, int form) {
    List<Field> fields = Stream.concat(Stream.of(FIELDS.get(0)), more.stream()).toList();
    boolean lacksTheLast = form % 4 == 3 && fields.size() > 1;
    List<Field> written = lacksTheLast ? fields.subList(0, fields.size() - 1) : fields;
    List<String> names = new ArrayList<>(written.stream().map(Field::name).toList());
    names.add("more");
    List<List<String>> records = choices.stream().map(c -> record(written, c)).toList();
    boolean hasUnit = form < 12 && fields.stream().anyMatch(f -> f.name().equals("day"));
    return new File(table(fields, hasUnit), names, records, hasUnit);
  }

  private static TableDef table(List<Field> fields, boolean hasUnit) {
    TableBuilder table = Contracts.table();
    for (Field field : fields) {
      table.column(field.name(), field.type(), field.rules());
      if (COMPUTED.containsKey(field.name())) {
        String expr = COMPUTED.get(field.name());
        table.column(field.name() + "2", "int", c -> c.required().expr(expr));
      }
    }
    return hasUnit ? table.replaceIntervals("day").build() : table.build();
  }

  /** Mostly what its fields accept; with one text more it could not be split. */
  private static List<String> record(List<Field> fields, List<Integer> choices) {
    if (choices.get(0) == 99) {
      return Collections.nCopies(fields.size() + 2, "7,7,7");
    }
    List<String> record = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      record.add(choices.get(i) < 75 ? fields.get(i).good() : text(choices.get(i)));
    }
    record.add(text(choices.get(fields.size())));
    return record;
  }

  private static String text(int choice) {
    int place = choice % (TEXTS.size() + 1);
    return place == TEXTS.size() ? null : TEXTS.get(place);
  }
}
