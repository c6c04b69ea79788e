package io.afp.ingestion.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.regex.Pattern;

/** The values of JSON as texts, with all digits that a number has. */
final class JsonTexts {

  /** Longer than any value that is meant. */
  static final int LONGEST = 100_000_000;

  /** Takes what JSON has, and {@code NaN} and infinity as Python writes them. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST)
                  .maxNestingDepth(100_000)
                  .maxNumberLength(100_000)
                  .build())
          .build();

  /** Half of a pair of which only both together are a character. */
  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  private JsonTexts() {}

  /** The same JSON with halves of characters escaped; they could not be stored. */
  static String storable(String json) {
    return HALF.matcher(json)
        .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
  }

  /** The text of the value that the parser is at; null for null. */
  static String value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case START_OBJECT, START_ARRAY -> json(parser);
      default -> parser.getText();
    };
  }

  /** The value that the parser is at as JSON; the parser is then at its end. */
  static String json(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      int depth = 0;
      do {
        depth += copy(parser, out);
      } while (depth > 0 && parser.nextToken() != null);
    }
    return text.toString();
  }

  /** Copies a token; by how much it changes the depth. */
  private static int copy(JsonParser parser, JsonGenerator out) throws IOException {
    JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT -> out.writeStartObject();
      case END_OBJECT -> out.writeEndObject();
      case START_ARRAY -> out.writeStartArray();
      case END_ARRAY -> out.writeEndArray();
      case FIELD_NAME -> out.writeFieldName(parser.getCurrentName());
      case VALUE_STRING -> out.writeString(parser.getText());
      case VALUE_NULL -> out.writeNull();
      case VALUE_TRUE, VALUE_FALSE -> out.writeBoolean(parser.getBooleanValue());
      default -> out.writeNumber(parser.getText());
    }
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }
}
