package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.core.error.AfpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checks file says the rules of a table without its types. */
class TableChecksTest {

  @TempDir Path folder;

  private TableChecks read(String text) throws IOException {
    return TableChecks.read(Files.writeString(folder.resolve("orders.yaml"), text));
  }

  @Test
  void namesColumnsAsTheDataHasThem() throws IOException {
    TableChecks checks =
        read(
            """
            table: shop.orders
            columns:
              Order ID: { required: true, checks: [ { unique: true } ] }
              amount: { checks: [ { between: [0, 10], at_least: 99% }, { max: [0, 9] } ] }
            key: [any, other]
            checks: [ { rows: { min: 1 } }, { ordered: [a, b] } ]
            """);
    assertThat(checks.all())
        .extracting(CheckDef::name)
        .containsExactly(
            "shop.orders.Order ID.required",
            "shop.orders.Order ID.unique",
            "shop.orders.amount.between",
            "shop.orders.amount.max",
            "shop.orders.key",
            "shop.orders.rows",
            "shop.orders.ordered");
    assertThat(checks.all().get(1).where()).contains("`Order ID` IS NOT NULL");
  }

  @Test
  void allMistakesAreToldAtOnceWithTheirLines() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    table: orders
                    columns:
                      id: { type: long, requird: true }
                      mail:
                        pii: true
                        checks:
                          - { mean: [0, 1] }
                          - { fresh: P1D }
                          - { between: [1, 2, 3] }
                      amount: { checks: [ { anomaly: mean }, { in: [1], quarantine: true } ] }
                    key: [id, id]
                    partition_by: [id]
                    """))
        .isInstanceOfSatisfying(
            AfpException.class,
            e ->
                assertThat(e.problems())
                    .extracting(p -> p.location().line() + " " + p.location().path())
                    .contains(
                        "1 table",
                        "3 columns.id.type",
                        "3 columns.id.requird",
                        "9 columns.mail.checks[2].between",
                        "12 partition_by"));
    assertThatThrownBy(
            () ->
                read(
                    """
                    table: shop.orders
                    columns:
                      mail:
                        pii: true
                        checks:
                          - { mean: [0, 1] }
                          - { fresh: P1D }
                      amount: { checks: [ { anomaly: mean }, { in: [1], quarantine: true } ] }
                      n: { checks: [ { total_variation: { at_most: 5% } } ] }
                    key: [id, id]
                    """))
        .isInstanceOfSatisfying(
            AfpException.class,
            e ->
                assertThat(e.problems())
                    .extracting(p -> p.location().line() + " " + p.location().path())
                    .containsExactlyInAnyOrder(
                        "6 columns.mail.checks[0].mean",
                        "7 columns.mail.checks[1].fresh",
                        "8 columns.amount.checks[0].anomaly",
                        "8 columns.amount.checks[1].quarantine",
                        "9 columns.n.checks[0].total_variation",
                        "10 key[1]"));
  }

  @Test
  void aFileThatIsNotThereIsAProblemOfTheFile() {
    assertThatThrownBy(() -> TableChecks.read(folder.resolve("none.yaml")))
        .hasMessageContaining("Cannot read")
        .hasMessageContaining("none.yaml");
  }

  @Test
  void namesAreComparedAsTheDataComparesThem() {
    TableChecks checks =
        TableChecks.named("shop.orders")
            .column("Mail", c -> c.pii().required())
            .key("MAIL")
            .build();
    Map<String, String> data = Map.of("mail", "string");
    FittedChecks any = checks.over(data, String.CASE_INSENSITIVE_ORDER);
    assertThat(any.misfits()).isEmpty();
    assertThat(any.table().columns()).hasSize(3).allMatch(ColumnDef::pii);
    FittedChecks exact = checks.over(data, Comparator.naturalOrder());
    assertThat(exact.misfits()).containsOnlyKeys("shop.orders.Mail.required", "shop.orders.key");
    assertThat(exact.table().allChecks()).isEqualTo(List.of());
  }
}
