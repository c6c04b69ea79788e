package io.afp.ingestion.infer;

import io.afp.core.definition.TableName;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Names for columns, made of the names of fields, which may be any text. */
final class ColumnNames {

  private static final int LONGEST = 63;

  private static final Map<String, String> LETTERS =
      Map.of("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l");

  private static final Pattern MARKS = Pattern.compile("\\p{M}");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
  private static final Pattern ENDS = Pattern.compile("^_+|_+$");

  private final Set<String> taken;

  private ColumnNames(List<String> fields) {
    this.taken = new HashSet<>(fields);
  }

  /** A name for each field, all different; its own where a column can be called so. */
  static List<String> of(List<String> fields) {
    ColumnNames names = new ColumnNames(fields);
    List<String> columns = new ArrayList<>();
    for (String field : fields) {
      columns.add(TableName.isIdentifier(field) ? field : names.fresh(made(field)));
    }
    return columns;
  }

  /** Of letters that have one in ASCII, that; a word for what has none. */
  private static String made(String field) {
    String text = Normalizer.normalize(field, Normalizer.Form.NFC);
    for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
      text = text.replace(letter.getKey(), letter.getValue());
    }
    String bare = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    String name = ENDS.matcher(OTHERS.matcher(bare).replaceAll("_")).replaceAll("");
    if (name.isEmpty()) {
      return "field";
    }
    return Character.isDigit(name.charAt(0)) ? "f_" + name : name;
  }

  private String fresh(String name) {
    String cut = cut(name, LONGEST);
    String fresh = cut;
    for (int i = 2; !taken.add(fresh); i++) {
      String ending = "_" + i;
      fresh = cut(cut, LONGEST - ending.length()) + ending;
    }
    return fresh;
  }

  private static String cut(String name, int length) {
    return name.length() > length ? name.substring(0, length) : name;
  }
}
