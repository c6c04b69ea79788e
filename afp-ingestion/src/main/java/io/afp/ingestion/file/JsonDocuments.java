package io.afp.ingestion.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** The documents of a file, one after the other. Not thread-safe. */
abstract class JsonDocuments implements Closeable {

  /**
   * What became of a document.
   *
   * @param line in which it begins
   * @param malformed its text, if it is no record
   */
  record Taken(long line, Optional<String> malformed) {}

  /** Takes the next one apart, and puts its values in their places; empty at the end. */
  abstract Optional<Taken> next(JsonRecord record, Object[] values) throws IOException;

  /** Goes over the next one for its keys alone; whether there was one. */
  abstract boolean next(JsonKeys keys) throws IOException;

  /** One a line; empty lines are none. */
  static JsonDocuments ofLines(Reader in) {
    return new Lines(in);
  }

  /** One after the other, or in arrays, over any number of lines. */
  static JsonDocuments ofFile(Reader in) throws IOException {
    return new Values(in);
  }

  private static final class Lines extends JsonDocuments {

    private final Reader in;
    private final char[] buffer = new char[64 * 1024];
    private int next;
    private int end;
    private long line;

    Lines(Reader in) {
      this.in = in;
    }

    @Override
    Optional<Taken> next(JsonRecord record, Object[] values) throws IOException {
      return next()
          .map(text -> new Taken(line, Optional.of(text).filter(t -> !record.read(t, values))));
    }

    @Override
    boolean next(JsonKeys keys) throws IOException {
      Optional<String> text = next();
      if (text.isPresent()) {
        keys.add(text.get());
      }
      return text.isPresent();
    }

    private Optional<String> next() throws IOException {
      Optional<String> text = line();
      while (text.isPresent() && text.get().isBlank()) {
        text = line();
      }
      return text;
    }

    private Optional<String> line() throws IOException {
      if (isAtEnd()) {
        return Optional.empty();
      }
      line++;
      StringBuilder text = new StringBuilder();
      while (!isAtEnd()) {
        int start = next;
        while (next < end && buffer[next] != '\n') {
          next++;
        }
        text.append(buffer, start, next - start);
        requireShort(text);
        if (next < end) {
          next++;
          break;
        }
      }
      return Optional.of(text.toString());
    }

    private boolean isAtEnd() throws IOException {
      if (next == end) {
        next = 0;
        end = Math.max(in.read(buffer, 0, buffer.length), 0);
      }
      return end == 0;
    }

    private void requireShort(StringBuilder text) throws IOException {
      if (text.length() > JsonTexts.LONGEST) {
        throw new IOException(
            "line %,d has more than %,d characters; is the format json?"
                .formatted(line, JsonTexts.LONGEST));
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private static final class Values extends JsonDocuments {

    private final KeptText text;
    private final JsonParser parser;
    private boolean inArray;
    private boolean any;

    Values(Reader in) throws IOException {
      text = new KeptText(in);
      parser = JsonTexts.FACTORY.createParser(text);
    }

    @Override
    boolean next(JsonKeys keys) throws IOException {
      try {
        boolean found = toNextValue();
        if (found) {
          keys.add(parser);
        }
        return found;
      } catch (JsonProcessingException e) {
        throw wrong(e);
      }
    }

    @Override
    Optional<Taken> next(JsonRecord record, Object[] values) throws IOException {
      try {
        return toNextValue() ? Optional.of(taken(record, values)) : Optional.empty();
      } catch (JsonProcessingException e) {
        throw wrong(e);
      }
    }

    private Taken taken(JsonRecord record, Object[] values) throws IOException {
      long line = parser.getCurrentLocation().getLineNr();
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return new Taken(line, Optional.of(JsonTexts.json(parser)));
      }
      JsonStreamContext around = parser.getParsingContext().getParent();
      if (record.read(parser, values)) {
        return new Taken(line, Optional.empty());
      }
      while (parser.getParsingContext() != around && parser.nextToken() != null) {
        continue; // to the end of the object
      }
      String whole = text.before(parser.getCurrentLocation().getCharOffset());
      try (JsonParser again = JsonTexts.FACTORY.createParser(whole)) {
        again.nextToken();
        return new Taken(line, Optional.of(JsonTexts.json(again)));
      }
    }

    /** Goes to the next value that is in no other but an array around all; whether there is one. */
    private boolean toNextValue() throws IOException {
      JsonToken token = parser.nextToken();
      while (isOfArrayAround(token)) {
        any = true;
        inArray = token == JsonToken.START_ARRAY;
        token = parser.nextToken();
      }
      if (token == null && !any) {
        throw new IOException("it is empty; no rows are []");
      }
      any = true;
      text.keepFrom(parser.getTokenLocation().getCharOffset());
      return token != null;
    }

    private boolean isOfArrayAround(JsonToken token) {
      return token == (inArray ? JsonToken.END_ARRAY : JsonToken.START_ARRAY);
    }

    /** What the parser says of wrong JSON quotes it, and it may have personal values. */
    private IOException wrong(JsonProcessingException failure) {
      JsonLocation place =
          Optional.ofNullable(failure.getLocation()).orElseGet(parser::getCurrentLocation);
      String what =
          failure instanceof StreamConstraintsException
              ? "can't be read: " + failure.getOriginalMessage()
              : "is no JSON";
      return new IOException(
          "line %d, column %d %s".formatted(place.getLineNr(), place.getColumnNr(), what), null);
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }
}
