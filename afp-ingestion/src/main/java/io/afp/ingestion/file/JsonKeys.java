package io.afp.ingestion.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.afp.core.definition.FieldName;
import io.afp.ingestion.text.FieldNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers the keys that the objects of a file have. Not thread-safe. */
final class JsonKeys {

  /** More are no columns. */
  static final int MOST = 20_480;

  private final Set<String> given = new HashSet<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final List<String> fresh = new ArrayList<>();
  private boolean any;

  /** Whether there was an object at all; if not, nothing says which keys the file has. */
  boolean any() {
    return any;
  }

  /** As they are compared with the declared columns, in the order in which they came. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** Those of a text, if it is one object and no more; whether it is. */
  boolean add(String text) throws IOException {
    try (JsonParser parser = JsonTexts.FACTORY.createParser(text)) {
      parser.nextToken();
      boolean isObject = read(parser) && parser.nextToken() == null;
      if (isObject) {
        keep();
      }
      return isObject;
    } catch (JsonProcessingException e) {
      return false; // the row is rejected when it is read
    }
  }

  /** Those of the value that the parser is at, if it is an object; it is then at its end. */
  void add(JsonParser parser) throws IOException {
    if (read(parser)) {
      keep();
    }
  }

  private boolean read(JsonParser parser) throws IOException {
    fresh.clear();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.getCurrentName();
      if (!given.contains(key)) {
        fresh.add(key);
      }
      parser.nextToken();
      parser.skipChildren();
    }
    return true;
  }

  private void keep() {
    any = true;
    for (String key : fresh) {
      if (names.size() <= MOST && given.add(key)) {
        names.add(FieldNames.tellable(FieldName.plain(key)));
      }
    }
  }
}
