package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody declares a table that AFP keeps beside another one. */
class NameRulesTest {

  @ParameterizedTest
  @ValueSource(strings = {"core.x__observed", "core.x__rejects", "core.x__rejects__observed"})
  void theNamesOfTablesBesideOthersAreNotDeclared(String name, @TempDir Path root) {
    String ending = name.substring(name.lastIndexOf("__"));
    String problem =
        "AFP-DEF-010 Cannot define table %s: AFP keeps tables with such names beside others (ending=%s)"
            .formatted(name, ending);
    ProjectFolder project = new ProjectFolder(root).model(name, "columns: { id: { type: int } }\n");
    assertThat(project.lines())
        .containsExactly(
            "p/tables/%s.yaml:1 %s -> Give the table another name."
                .formatted(name.replace('.', '/'), problem));
    assertThatThrownBy(() -> TableDef.named(name).sql("SELECT 1").column("id", "int").build())
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"core.observed", "core.x_rejects", "core.x__observed_at"})
  void namesThatOnlyLookLikeThemAreFree(String name, @TempDir Path root) {
    ProjectFolder project = new ProjectFolder(root).model(name, "columns: { id: { type: int } }\n");
    assertThat(project.lines()).isEmpty();
  }

  @Test
  void aNameIsShortEnoughForThoseOfTheTablesBesideIt(@TempDir Path root) {
    ProjectFolder project =
        new ProjectFolder(root)
            .model("core." + "x".repeat(51), "columns: { id: { type: int } }\n")
            .model("core." + "y".repeat(52), "columns: { id: { type: int } }\n");
    assertThat(project.lines())
        .singleElement()
        .asString()
        .contains("AFP-DEF-004 Cannot define table core.yyy", "(length=52, longest=51)");
  }
}
