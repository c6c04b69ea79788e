package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code afp infer} does before it starts a driver. */
class InferCommandTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "data/planes.csv.gz, raw.planes",
    "data/2013-01.csv, raw.data",
    "data/orders-2024-*.csv, raw.orders",
    "s3a://bucket/Sales Report (new).csv, raw.sales_report_new",
    "data/orders/*, raw.orders",
  })
  void aTableIsCalledLikeItsFiles(String source, String table) {
    InferredSource found = InferredSource.of(source, Optional.empty());
    assertThat(found.table(Optional.empty())).hasToString(table);
  }

  @Test
  void aFileBelowThePipelineIsNamedFromThereAndOthersWhole() throws IOException {
    Path data = Files.createDirectories(folder.resolve("shop/data"));
    Path file = Files.writeString(data.resolve("a [1].csv"), "id\n1\n");

    InferredSource below = InferredSource.of(file.toString(), Optional.of(folder.resolve("shop")));
    assertThat(below.files()).isEqualTo("data/a \\[1\\].csv");
    assertThat(below.pattern()).isEqualTo(data + "/a \\[1\\].csv");
    InferredSource beside = InferredSource.of(file.toString(), Optional.of(folder.resolve("x")));
    assertThat(beside.files()).isEqualTo(beside.pattern());
    assertThat(InferredSource.of(data.toString(), Optional.of(folder.resolve("shop"))).files())
        .as("all files of a folder")
        .isEqualTo("data/*");
  }

  @Test
  void aTableFileThatIsThereIsNotTouched() throws IOException {
    Path table = folder.resolve("shop/tables/raw/a.yaml");
    Files.createDirectories(table.getParent());
    Files.writeString(table, "mine");
    TestCommand ended =
        TestCommand.run("infer", "a.csv", "--out", folder.resolve("shop").toString()).endedWith(64);
    assertThat(ended.err()).contains("Cannot write the table file: it is there already", "--table");
    assertThat(table).hasContent("mine");
  }

  @Test
  void aTableOfADatabaseGivesItsNameAndHasNoFiles() {
    assertThat(InferredSource.ofTable("sales.\"Order.Items\"").table(Optional.empty()))
        .hasToString("raw.order_items");
    assertThat(InferredSource.ofTable("public.orders").pattern()).isEqualTo("public.orders");
    assertThat(TestCommand.run("infer", "a..b", "--jdbc", "crm").endedWith(64).err())
        .contains("this is no name (table=a..b)");
    assertThat(
            TestCommand.run("infer", "orders", "--jdbc", "crm", "--rows", "5").endedWith(64).err())
        .contains("--rows and --format are of files");
  }

  @Test
  void aFileIsReplacedAsAWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "mine, and longer");
    new NewFile(file, "new").replace();
    assertThat(file).hasContent("new");
  }

  @Test
  void aWrongNameAndNoRowsAreRefused() {
    assertThat(TestCommand.run("infer", "a.csv", "--table", "Raw").endedWith(64).err())
        .contains("Cannot name the table: 'Raw' is not namespace.name");
    assertThat(TestCommand.run("infer", "a.csv", "--rows", "0").endedWith(64).err())
        .contains("there is no row to look at (rows=0)");
  }
}
