package io.afp.agentic.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BlockTest {

  private static final String EMPTY =
      "# A\n\n<!-- afp:begin flow -->\n<!-- afp:end flow -->\n\nB\n";

  @Test
  void aBlockIsFilledAndKnowsWhetherSomebodyEditedIt() {
    String filled = Block.replaced(EMPTY, Map.of("flow", "one\ntwo"));

    assertThat(filled)
        .startsWith("# A\n\n<!-- afp:begin flow sha=")
        .contains("-->\none\ntwo\n<!--")
        .endsWith("\n\nB\n");
    assertThat(Block.in(filled)).singleElement().matches(block -> !block.isEdited());
    assertThat(Block.replaced(filled, Map.of("flow", "one\ntwo"))).isEqualTo(filled);
    assertThat(Block.replaced(filled, Map.of("flow", "three")))
        .contains("three")
        .doesNotContain("two");

    String edited = filled.replace("two", "mine");
    assertThat(Block.in(edited)).singleElement().matches(Block::isEdited);
    assertThat(Block.replaced(edited, Map.of("flow", "three"))).isEqualTo(edited);
  }

  @Test
  void aBlockWithoutItsChecksumIsAnEditUnlessItIsEmpty() {
    String filled = Block.replaced(EMPTY, Map.of("flow", "one"));
    String unsealed = filled.replaceFirst(" sha=[0-9a-f]+", "").replace("one", "mine");

    assertThat(Block.in(EMPTY)).singleElement().matches(block -> !block.isEdited());
    assertThat(Block.in(unsealed)).singleElement().matches(Block::isEdited);
    assertThat(Block.replaced(unsealed, Map.of("flow", "three"))).isEqualTo(unsealed);
  }

  @Test
  void endsOfLinesAreNoEdit() {
    String filled = Block.replaced(EMPTY, Map.of("flow", "one\ntwo")).replace("\n", "\r\n");

    assertThat(Block.in(filled)).singleElement().matches(block -> !block.isEdited());
    assertThat(Block.replaced(filled, Map.of("flow", "three"))).contains("three");
  }

  @Test
  void aBlockThatNobodyKnowsStays() {
    assertThat(Block.replaced(EMPTY, Map.of("other", "text"))).isEqualTo(EMPTY);
    assertThat(Block.in(EMPTY)).extracting(Block::line).containsExactly(3);
  }
}
