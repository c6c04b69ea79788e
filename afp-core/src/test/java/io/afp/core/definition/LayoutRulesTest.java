package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutRulesTest {

  private static final String COLUMNS = "columns: { id: { type: long }, name: { type: string } }\n";

  @TempDir Path root;

  @Test
  void rowsAreSortedByColumnsThatAreDeclaredEachOnce() {
    assertThat(lines("sort_by: [id desc, nam, id]"))
        .containsExactlyInAnyOrder(
            "p/tables/raw/a.yaml:3 (sort_by[1]) AFP-DEF-007 Cannot use column nam in sort_by of"
                + " raw.a: it is not declared -> Did you mean 'name'?",
            "p/tables/raw/a.yaml:3 (sort_by[2]) AFP-DEF-012 Cannot use column id in sort_by of"
                + " raw.a: it is there twice -> Keep one of the two.");
  }

  @Test
  void aRangeNeedsAnOrder() {
    assertThat(lines("layout: { distribution: range }"))
        .containsExactly(
            "p/tables/raw/a.yaml:3 (layout.distribution) AFP-DEF-010 Cannot distribute raw.a by"
                + " range: its rows have no order -> Add sort_by, or remove distribution.");
    assertThat(lines("layout: { distribution: range }\nsort_by: [name]")).isEmpty();
    assertThat(lines("layout: { distribution: range }\npartition_by: [name]")).isEmpty();
  }

  private List<String> lines(String more) {
    return new ProjectFolder(root).source("raw.a", COLUMNS + more).lines();
  }
}
