package io.afp.ingestion.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.afp.core.definition.FieldName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes objects of JSON apart. Not thread-safe. */
final class JsonRecord {

  private static final int NONE = -1;

  /** So many different keys are remembered; objects may have ids for keys. */
  private static final int MOST_KEYS = 10_000;

  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Integer> keys = new HashMap<>();
  private final boolean[] seen;

  JsonRecord(List<String> names) {
    names.forEach(name -> places.put(name, places.size()));
    seen = new boolean[names.size()];
  }

  /**
   * Puts the values of an object where their names are.
   *
   * @return whether the text is one object, with no key twice
   */
  boolean read(String text, Object[] values) {
    try (JsonParser parser = JsonTexts.FACTORY.createParser(text)) {
      parser.nextToken();
      return read(parser, values) && parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("A text can always be read", e);
    }
  }

  /**
   * The same for the value that the parser is at, which is then at its end, or where it is found to
   * be no record.
   */
  boolean read(JsonParser parser, Object[] values) throws IOException {
    Arrays.fill(seen, false);
    return parser.currentToken() == JsonToken.START_OBJECT && fields(parser, values);
  }

  private boolean fields(JsonParser parser, Object[] values) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      int place = place(parser.getCurrentName());
      parser.nextToken();
      if (place == NONE) {
        parser.skipChildren();
      } else if (seen[place]) {
        return false;
      } else {
        String value = JsonTexts.value(parser);
        if (value != null && hasHalfCharacter(value)) {
          return false;
        }
        values[place] = value;
        seen[place] = true;
      }
    }
    return true;
  }

  private int place(String key) {
    Integer known = keys.get(key);
    if (known != null) {
      return known;
    }
    int place = places.getOrDefault(FieldName.plain(key), NONE);
    if (keys.size() < MOST_KEYS) {
      keys.put(key, place);
    }
    return place;
  }

  /** Half of a pair that only both together are a character can't be stored. */
  private static boolean hasHalfCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
