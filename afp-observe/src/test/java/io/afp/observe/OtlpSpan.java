package io.afp.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A span as the protocol of OpenTelemetry has it; times are nanoseconds. */
record OtlpSpan(String trace, String id, String parent, String name, long start, long end) {

  private static final int RESOURCE_SPANS = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;

  /** A field of a message: its number, and its bytes. */
  private record Field(int number, byte[] value) {}

  /** All spans of a request. */
  static List<OtlpSpan> all(byte[] request) {
    return below(request, RESOURCE_SPANS).stream()
        .flatMap(resource -> below(resource, SCOPE_SPANS).stream())
        .flatMap(scope -> below(scope, SPANS).stream())
        .map(OtlpSpan::of)
        .toList();
  }

  private static OtlpSpan of(byte[] span) {
    return new OtlpSpan(
        hex(one(span, 1)),
        hex(one(span, 2)),
        hex(one(span, 4)),
        new String(one(span, 5), UTF_8),
        number(one(span, 7)),
        number(one(span, 8)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static byte[] one(byte[] message, int number) {
    return below(message, number).stream().findFirst().orElse(new byte[0]);
  }

  private static List<byte[]> below(byte[] message, int number) {
    return fields(message).stream().filter(f -> f.number() == number).map(Field::value).toList();
  }

  private static List<Field> fields(byte[] message) {
    List<Field> fields = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(message);
    while (buffer.hasRemaining()) {
      int tag = (int) varint(buffer);
      fields.add(new Field(tag >> 3, value(buffer, tag & 7)));
    }
    return fields;
  }

  private static byte[] value(ByteBuffer buffer, int kind) {
    int length =
        switch (kind) {
          case 0 -> {
            varint(buffer);
            yield 0;
          }
          case 1 -> 8;
          case 2 -> (int) varint(buffer);
          case 5 -> 4;
          default -> throw new IllegalStateException("no such kind of field: " + kind);
        };
    byte[] value = new byte[length];
    buffer.get(value);
    return value;
  }

  private static long varint(ByteBuffer buffer) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = buffer.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
