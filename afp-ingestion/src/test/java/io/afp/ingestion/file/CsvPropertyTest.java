package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.lake.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Generated files that are broken in one place. */
class CsvPropertyTest extends CsvTests {

  private static final int FILES = 60;
  private static final Pattern TOKEN = Pattern.compile("t\\d+t");

  @Test
  void whatIsBrokenInOnePlaceLosesAndMixesNothing() {
    List<String> names = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    for (int seed = 0; seed < 4 * FILES; seed++) {
      String text = tame(new Random(seed), seed);
      TOKEN.matcher(text).results().forEach(found -> tokens.add(found.group()));
      names.add("%d.csv".formatted(seed));
      file(names.get(seed), "id,name\n" + brokenOnce(new Random(seed), text));
    }
    Contract.Conformed conformed = conform(source(names.toArray(String[]::new)));
    List<String> accepted = texts(conformed.accepted());
    List<String> records = texts(conformed.rejected().selectExpr("record", "''"));
    assertThat(accepted)
        .as("no value is of two records")
        .allMatch(row -> TOKEN.matcher(row).results().count() <= 1);
    assertThat(Stream.concat(accepted.stream(), records.stream()).flatMap(CsvPropertyTest::tokens))
        .containsExactlyInAnyOrderElementsOf(tokens);
  }

  private static Stream<String> tokens(String text) {
    Matcher matcher = TOKEN.matcher(text);
    return matcher.results().map(found -> found.group());
  }

  /** Records with a token each; half of the values are in quotes, with delimiters and line ends. */
  private static String tame(Random random, int file) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      String token = "t%dt".formatted(file * 100 + i);
      String value = random.nextBoolean() ? token : "\"a, " + token + "\nb\"";
      text.append(i).append(',').append(value).append('\n');
    }
    return text.toString();
  }

  /** A quote too many somewhere, or a quote, delimiter or line end that is missing. */
  private static String brokenOnce(Random random, String text) {
    if (random.nextBoolean()) {
      int place = random.nextInt(text.length());
      while (Character.isLetterOrDigit(text.charAt(place))) {
        place = random.nextInt(text.length());
      }
      return text.substring(0, place) + '"' + text.substring(place);
    }
    int place = random.nextInt(text.length());
    while ("\",\n".indexOf(text.charAt(place)) < 0) {
      place = random.nextInt(text.length());
    }
    return text.substring(0, place) + text.substring(place + 1);
  }
}
