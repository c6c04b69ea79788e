package io.afp.core.spi;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What tells the bytes of a file from others. They are read at most once, and only if need be. */
public final class Checksum {

  private final Supplier<String> reading;
  private String value;
  private Instant checked;

  private Checksum(Supplier<String> reading, String value, Instant checked) {
    this.reading = reading;
    this.value = value;
    this.checked = checked;
  }

  /** One that is read when it is first asked for. */
  public static Checksum read(Supplier<String> reading) {
    return new Checksum(reading, null, null);
  }

  /** One that the store itself keeps, such as an ETag. */
  public static Checksum listed(String value) {
    return new Checksum(() -> value, value, null);
  }

  /** One that was read before, at this time. */
  public static Checksum known(String value, Instant checked) {
    return new Checksum(() -> value, value, checked);
  }

  /** The checksum as text. */
  public synchronized String value() {
    if (value == null) {
      checked = Instant.now();
      value = reading.get();
    }
    return value;
  }

  /** When reading it began; empty while nobody has read it. */
  public synchronized Optional<Instant> checked() {
    return Optional.ofNullable(checked);
  }
}
