package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          select  a , b            | select a,b
          count (x) = 1            | count(x)=1
          a -- note                | a
          a /* x /* y */ z */ b    | a b
          a /*+ broadcast(b) */ b  | a/*+broadcast(b)*/b
          'a  -- b'                | 'a  -- b'
          'it\\'s  x'              | 'it\\'s  x'
          r'a\\'  b                | r'a\\' b
          "a  /* b"                | "a  /* b"
          `a  b`  c                | `a  b` c
          'a'  'b'                 | 'a' 'b'
          1. x                     | 1. x
          select 1 ;               | select 1
          a /* open                | a
          'open                    | 'open
          """)
  void keepsOnlyWhatHasAMeaning(String sql, String normalised) {
    assertThat(SqlText.normalised(sql)).isEqualTo(normalised);
  }

  @Test
  void aCommentKeepsWordsApart() {
    assertThat(SqlText.normalised("select/**/a--x\nfrom b")).isEqualTo("select a from b");
  }
}
