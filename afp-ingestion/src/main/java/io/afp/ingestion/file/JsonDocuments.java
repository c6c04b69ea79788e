package io.afp.ingestion.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** The documents of a file, one after the other, as texts. Not thread-safe. */
abstract class JsonDocuments implements Closeable {

  /** A document, and the line in which it begins. */
  record Document(String text, long line) {}

  /** The next one; empty at the end. */
  abstract Optional<Document> next() throws IOException;

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
    Optional<Document> next() throws IOException {
      Optional<String> text = line();
      while (text.isPresent() && text.get().isBlank()) {
        text = line();
      }
      return text.map(t -> new Document(t, line));
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

    private final JsonParser parser;
    private boolean inArray;
    private boolean any;

    Values(Reader in) throws IOException {
      parser = JsonTexts.FACTORY.createParser(in);
    }

    @Override
    Optional<Document> next() throws IOException {
      try {
        return document();
      } catch (JsonProcessingException e) {
        throw new IOException(
            "line %d, column %d is no JSON"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
            null); // what the parser says quotes the file, which may have personal values
      }
    }

    private Optional<Document> document() throws IOException {
      JsonToken token = parser.nextToken();
      while (token != null) {
        any = true;
        if (!inArray && token == JsonToken.START_ARRAY) {
          inArray = true;
        } else if (token == JsonToken.END_ARRAY) {
          inArray = false;
        } else {
          long line = parser.getCurrentLocation().getLineNr();
          return Optional.of(new Document(JsonTexts.json(parser), line));
        }
        token = parser.nextToken();
      }
      if (!any) {
        throw new IOException("it is empty; no rows are []");
      }
      return Optional.empty();
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }
}
