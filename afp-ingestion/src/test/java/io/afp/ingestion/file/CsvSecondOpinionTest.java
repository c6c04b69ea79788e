package io.afp.ingestion.file;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.afp.core.lake.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Generated files: what is accepted is what another parser reads. They have no carriage return
 * alone within quotes, with which FastCSV loses the value and the end of its record.
 */
class CsvSecondOpinionTest extends CsvTests {

  private static final int FILES = 60;
  private static final String[] NASTY = {
    ",", "\"", "\n", "\r\n", " ", "\t", "'", "\\", "#", ";", "é", "✓", "😀", "\u2028", "\uFEFF",
    "NULL", "1e9", "=1+1", "", "\u00a0", "\"\"", ",\"", "\",", "\b", "\u001a"
  };

  @Test
  void whatIsWellFormedIsReadAsAnotherParserReadsIt() {
    List<String> accepted = new ArrayList<>();
    int rejected = 0;
    List<String> names = new ArrayList<>();
    for (int seed = 0; seed < FILES; seed++) {
      String text = wellFormed(new Random(seed));
      names.add("%d.csv".formatted(seed));
      file(names.get(seed), text);
      for (List<String> record : independently(text)) {
        if (isAccepted(record)) {
          accepted.add(shown(record));
        } else {
          rejected++;
        }
      }
    }
    Contract.Conformed conformed = conform(source(names.toArray(String[]::new)));
    assertThat(rejected).isPositive();
    assertThat(texts(conformed.accepted())).containsExactlyInAnyOrderElementsOf(accepted);
    assertThat(conformed.rejected().count()).isEqualTo(rejected);
  }

  /** Records as they should be written, also with too many or too few fields and wrong types. */
  private static String wellFormed(Random random) {
    StringBuilder text = new StringBuilder("id,name").append(lineEnd(random));
    for (int i = 0; i < 40; i++) {
      int fields = random.nextInt(8) == 0 ? 1 + random.nextInt(4) : 2;
      for (int f = 0; f < fields; f++) {
        text.append(f == 0 ? "" : ",").append(f == 0 ? id(random) : cell(random));
      }
      text.append(lineEnd(random));
    }
    return text.toString();
  }

  private static String lineEnd(Random random) {
    return random.nextBoolean() ? "\n" : "\r\n";
  }

  private static String id(Random random) {
    int number = random.nextInt(1000);
    return switch (random.nextInt(12)) {
      case 0 -> number + "x";
      case 1 -> "\"" + number + "\"";
      case 2 -> number + ".5";
      default -> Integer.toString(number);
    };
  }

  private static String cell(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(random.nextBoolean() ? NASTY[random.nextInt(NASTY.length)] : "ab");
    }
    boolean needsQuotes =
        text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needsQuotes || random.nextInt(4) == 0
        ? "\"" + text.toString().replace("\"", "\"\"") + "\""
        : text.toString();
  }

  private static List<List<String>> independently(String text) {
    List<List<String>> records = new ArrayList<>();
    String body = text.substring(text.indexOf('\n') + 1);
    for (CsvRecord record :
        de.siegmar.fastcsv.reader.CsvReader.builder().skipEmptyLines(true).ofCsvRecord(body)) {
      records.add(record.getFields());
    }
    return records;
  }

  private static boolean isAccepted(List<String> record) {
    return record.size() == 2 && record.get(0).matches("\\d+");
  }

  private static String shown(List<String> record) {
    String name = record.get(1).replace("\r\n", "\n").replace('\r', '\n');
    return record.get(0) + " " + (name.isEmpty() ? null : name);
  }
}
