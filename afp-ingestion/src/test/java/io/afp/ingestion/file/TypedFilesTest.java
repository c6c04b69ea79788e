package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.TableDef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for each format with types; real files, written by Spark. */
abstract class TypedFilesTest extends FileTests {

  private static final TableDef TABLE =
      table(
          "id long",
          "price decimal(10,2)",
          "day date",
          "at timestamp",
          "ok boolean",
          "rate double",
          "raw binary",
          "name string");

  @Test
  void valuesComeWithTheirTypesAndNestedOnesAsJson() {
    write(
        "a",
        """
        select 7 as ID, cast(1.50 as decimal(5,2)) price, date'2024-01-31' day,
          timestamp'2024-01-31 10:00:00.123456' at, true ok, 0.1d rate, binary('x') raw,
          named_struct('a', array(1, null), 'b', cast(null as string)) Name, 1 as new
        union all select null, null, null, null, null, null, null, null, null
        """);
    assertThat(
            texts(
                conform(TABLE, "a")
                    .accepted()
                    .selectExpr(
                        "id", "price", "day", "string(at)", "ok", "rate", "hex(raw)", "name")))
        .containsExactly(
            "7 1.50 2024-01-31 2024-01-31 10:00:00.123456 true 0.1 78 {\"a\":[1,null],\"b\":null}",
            "null null null null null null null null");
    FileSource source = source(TABLE, "a");
    assertThat(source.layouts(session()).get(0).names()).endsWith("rate", "raw", "name", "new");
  }

  @Test
  void aValueThatDoesNotFitTheDeclaredTypeRejectsItsRow() {
    TableDef ints = table("id int");
    write("a", "select explode(array(1L, 3000000000L)) id");
    write("b", "select explode(array(2.0d, 2.5d)) id");
    assertThat(accepted(ints, "a", "b")).containsExactly("1", "2");
    assertThat(rejected(ints, "a", "b")).containsExactly("id type 2.5", "id type 3000000000");
  }

  @Test
  void filesMayHaveOtherColumnsAndTypesThanOthers() {
    TableDef both = table("id long", "name string");
    write("a", "select 1 id, 'a' name");
    write("b", "select date'2024-01-31' name, 2L id, 3 other");
    assertThat(accepted(both, "a", "b")).containsExactly("1 a", "2 2024-01-31");
    write("c", "select 3 id");
    assertThat(failure(both, "c"))
        .startsWith("AFP-ING-003")
        .contains("its header lacks columns: missing=[name], found=0 others");
  }

  @Test
  void aBrokenFileIsNamed() {
    TableDef ids = table("id long");
    write("whole", "select id, string(uuid()) u from range(20000)");
    byte[] whole = bytes("whole");
    file("cut", Arrays.copyOf(whole, whole.length / 2));
    file("empty", "");
    file("text", "id,name\n1,a\n");
    for (String name : new String[] {"cut", "empty", "text"}) {
      assertThat(failure(ids, name))
          .startsWith("AFP-ING-002 Cannot read file")
          .contains("/" + name);
    }
  }

  void write(String name, String query) {
    Path written = folder.resolve("written");
    session()
        .sql(query)
        .coalesce(1)
        .write()
        .format(format().toString())
        .mode("overwrite")
        .save(written.toUri().toString());
    try (Stream<Path> files = Files.list(written)) {
      Path file =
          files
              .filter(f -> f.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
      Files.move(file, folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
