package io.afp.core.lake;

import io.afp.core.definition.TableDef;
import io.afp.core.error.AfpException;
import io.afp.core.settings.Secret;
import io.afp.core.settings.Settings;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * HMAC-SHA256 under a secret key, as 64 hexadecimal digits. Equal texts have equal hashes, and who
 * does not know the key can neither undo one nor try texts out.
 *
 * <p>The key is in no plan: Spark shows this object by its {@code toString}, and it travels to the
 * executors inside the serialized task. It is public because code that Spark generates calls it.
 */
public final class KeyedHash implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;
  private transient volatile Mac prepared;

  /** The hash under a key. */
  public KeyedHash(Secret key) {
    this.key = key.reveal().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The hash that the settings of a project ask for; empty where they have no key.
   *
   * @throws AfpException if one of the tables needs it and there is no key
   */
  public static Optional<KeyedHash> of(Settings settings, List<TableDef> tables) {
    if (settings.piiKey().isEmpty()) {
      tables.stream()
          .filter(TableDef::hashesValues)
          .findFirst()
          .ifPresent(
              table -> {
                throw Protection.keyMissing(table);
              });
    }
    return settings.piiKey().map(KeyedHash::new);
  }

  /** The hash of a text column; null of null. */
  Column of(Column text) {
    return Native.call(this, "hex", text, DataTypes.StringType);
  }

  /** The hash of a text. */
  public UTF8String hex(UTF8String text) {
    byte[] hash = mac().doFinal(text.getBytes());
    return UTF8String.fromString(HexFormat.of().formatHex(hash));
  }

  private Mac mac() {
    try {
      if (prepared == null) {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(key, ALGORITHM));
        prepared = mac;
      }
      return (Mac) prepared.clone(); // a Mac has a state, and threads may share this object
    } catch (GeneralSecurityException | CloneNotSupportedException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "******";
  }
}
