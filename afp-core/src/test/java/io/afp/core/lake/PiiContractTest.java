package io.afp.core.lake;

import static io.afp.core.definition.CheckBuilder.matches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.definition.Pii;
import io.afp.core.definition.TableDef;
import io.afp.core.settings.Secret;
import io.afp.core.testing.TestSpark;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Personal values get no further than the contract. */
class PiiContractTest {

  private static final String KEY = "a key that nobody guesses";

  /** By: printf ann@x.org | openssl dgst -sha256 -hmac "a key that nobody guesses" */
  private static final String HASH_OF_ANN =
      "ddfcf9d43cbae3917cd1f1d34b456154a4f18c3af2d70702c6c5f6bc42adcbe9";

  private static final TableDef TABLE =
      Contracts.table()
          .column("id", "int", c -> c.required())
          .column(
              "mail",
              "string",
              c -> c.required().pii(Pii.HASH).rejectUnless(matches("[a-z]+@x\\.org")))
          .column("phone", "string", c -> c.pii(Pii.MASK))
          .column("born", "date", c -> c.pii(Pii.DROP))
          .column("login", "string", c -> c.expr("mail"))
          .build();

  /** Mails may be missing. */
  private static final TableDef KEYED =
      Contracts.table()
          .column("id", "int")
          .column("mail", "string", c -> c.pii(Pii.HASH))
          .column("phone", "string", c -> c.pii(Pii.MASK))
          .column("born", "date", c -> c.pii(Pii.DROP))
          .key("mail")
          .rejectDuplicates()
          .build();

  @BeforeEach
  void aSessionWithoutACatalog() {
    SparkSession.setActiveSession(TestSpark.session());
  }

  @Test
  void somethingElseIsWrittenInTheirPlace() {
    Contract.Conformed conformed = conform("1,ann@x.org,0170,1990-01-05,z", "2,bob@x.org,NA,NA,z");
    Dataset<Row> accepted = conformed.accepted();
    assertThat(accepted.columns()).containsExactly("id", "mail", "phone", "login");
    List<Row> rows = accepted.collectAsList();
    assertThat(rows.get(0).getString(1)).as("as openssl has it").isEqualTo(HASH_OF_ANN);
    assertThat(rows.get(0).getString(2)).isEqualTo("******");
    assertThat(rows.get(0).getString(3))
        .as("an expression sees what is written")
        .isEqualTo(HASH_OF_ANN);
    assertThat(rows.get(1).getString(1)).hasSize(64).isNotEqualTo(HASH_OF_ANN);
    assertThat(rows.get(1).isNullAt(2)).as("null is null").isTrue();
  }

  @Test
  void rejectsDoNotHaveThemEither() {
    Contract.Conformed conformed = conform("x,Ann@x.org,0170,5.1.1990,secret", "y,NA,NA,NA,NA");
    String all = texts(conformed.rejected());
    assertThat(all).doesNotContain("Ann@x.org", "0170", "1990", "secret");
    assertThat(Contracts.messages(conformed).get(0))
        .contains("id not an int: \"x\"", "born not a date: \"******\"", "mail does not match");
    Row first = conformed.rejected().select("record").head();
    assertThat(first.getString(0)).contains("\"id\":\"x\"", "\"phone\":\"******\"");
    assertThat(first.getString(0)).contains("\"more\":\"******\"").doesNotContain("born");
  }

  @Test
  void aFieldIsProtectedByTheColumnsThatAreReadFromIt() {
    TableDef table =
        Contracts.table()
            .column("id", "int")
            .column("mail", "string", c -> c.pii(Pii.HASH).from("E-Mail"))
            .column("login", "string", c -> c.pii(Pii.HASH).from("E-MAIL"))
            .column("phone", "string", c -> c.pii(Pii.MASK).from("Phone No."))
            .column("born", "date", c -> c.pii(Pii.DROP).from("Born."))
            .build();
    Contract contract =
        new Contract(table, List.of("NA"), Optional.of(new KeyedHash(Secret.of(KEY))));
    Contract.Conformed conformed =
        contract.conform(
            Contracts.raw(
                "id,e-mail,phone no.,born.,mail",
                "1,ann@x.org,NA,NA,z",
                "x,ann@x.org,0170,1931-07-09,secret"));
    assertThat(conformed.accepted().collectAsList().toString())
        .isEqualTo("[[1,%s,%s,null]]".formatted(HASH_OF_ANN, HASH_OF_ANN));
    assertThat(texts(conformed.rejected())).doesNotContain("ann", "0170", "1931", "secret");
    assertThat(conformed.rejected().select("record").head().getString(0))
        .isEqualTo(
            "{\"id\":\"x\",\"e-mail\":\"%s\",\"phone no.\":\"******\",\"mail\":\"******\"}"
                .formatted(HASH_OF_ANN));
  }

  @Test
  void aRecordThatCannotBeSplitMayHoldAnythingAndIsNotKept() {
    RawRows raw = Contracts.raw("id,mail,phone,born,more", "1,ann@x.org,1,NA,1");
    Contract.Conformed conformed = contract().conform(Contracts.withMalformed(raw, "1,ann@x.org"));
    assertThat(texts(conformed.rejected())).contains("malformed", "******").doesNotContain("ann");
  }

  @Test
  void noShuffleHasThem() {
    List<List<String>> records =
        List.of(
            List.of("1", "ann@x.org", "0170", "1990-01-05", "secret"),
            List.of("2", "ann@x.org", "0171", "1990-01-06", "secret"),
            List.of("x", "Ann@x.org", "0172", "5.1.1990", "secret"),
            List.of("4", "bob@x.org", "0173", "1990-01-07", "secret", "4,bob@x.org"));
    Parsed file = new Parsed(KEYED, List.of("NA"), List.of("id", "mail", "phone", "born", "more"));
    for (RawRows raw : List.of(file.rows(records), file.texts(records))) {
      Contract.Conformed conformed = contract(KEYED).conform(raw);
      for (Dataset<Row> rows : List.of(conformed.accepted(), conformed.rejected())) {
        assertThat(Generated.shuffled(rows))
            .anyMatch(row -> row.contains(HASH_OF_ANN))
            .noneMatch(row -> row.matches("(?s).*(nn@x|bob@|017|1990|secret).*"));
      }
      assertThat(Contracts.messages(conformed))
          .contains(" another row has the key [mail]: \"%s\"".formatted(HASH_OF_ANN));
      assertThat(texts(conformed.rejected().select("record")))
          .contains("\\\"id\\\":\\\"2\\\",\\\"mail\\\":\\\"" + HASH_OF_ANN);
    }
  }

  @Test
  void aHashIsAKeyAsItsValueWouldBe() {
    Contract.Conformed conformed =
        contract(KEYED)
            .conform(
                Contracts.raw(
                    "id,mail,phone,born,more",
                    "1,ann@x.org,NA,NA,NA",
                    "2,ann@x.org,NA,NA,NA",
                    "3,Ann@x.org,NA,NA,NA",
                    "4,NA,NA,NA,NA",
                    "5,NA,NA,NA,NA"));
    assertThat(conformed.accepted().select("id").as(Encoders.INT()).collectAsList())
        .as("those without a value are left to the check of the key")
        .containsExactlyInAnyOrder(1, 3, 4, 5);
    assertThat(Contracts.reasons(conformed)).containsExactly(" duplicate " + HASH_OF_ANN);
  }

  @Test
  void withoutAKeyNothingIsHashed() {
    assertThatThrownBy(() -> new Contract(TABLE, List.of()))
        .hasMessageContaining("AFP-SET-004 Cannot hash columns of raw.a: there is no key");
  }

  @Test
  void noPlanHasTheKey() {
    Dataset<Row> accepted = conform("1,ann@x.org,0170,1990-01-05,z").accepted();
    accepted.collectAsList();
    String plans = accepted.queryExecution().toString() + accepted.queryExecution().debug();
    String json =
        accepted.queryExecution().analyzed().toJSON()
            + accepted.queryExecution().executedPlan().toJSON();
    String code = Generated.code(accepted);
    assertThat(plans).contains("******");
    assertThat(plans + json + code).doesNotContain(KEY);
    assertThat(new KeyedHash(Secret.of(KEY)).toString()).doesNotContain(KEY);
  }

  private static String texts(Dataset<Row> rows) {
    return rows.toJSON().collectAsList().stream().collect(Collectors.joining("\n"));
  }

  private static Contract contract() {
    return contract(TABLE);
  }

  private static Contract contract(TableDef table) {
    return new Contract(table, List.of("NA"), Optional.of(new KeyedHash(Secret.of(KEY))));
  }

  private static Contract.Conformed conform(String... records) {
    return contract().conform(Contracts.raw("id,mail,phone,born,more", records));
  }
}
