package io.afp.core.lake;

import io.afp.core.settings.S3Settings;
import io.afp.core.settings.S3Settings.Keys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/** The settings of S3, as Hadoop's s3a and Iceberg's S3FileIO name them. */
public final class S3Properties {

  /** What stores that are not AWS take a signature for, where they don't care. */
  private static final String ANY_REGION = "us-east-1";

  private static final String S3A = "fs.s3a.";
  private static final String FILE_SYSTEM = "org.apache.hadoop.fs.s3a.S3AFileSystem";
  private static final String PROVIDERS = "org.apache.hadoop.fs.s3a.";

  private S3Properties() {}

  /** For the files of the lake: properties of a FileIO, and of a catalog. */
  public static Map<String, String> iceberg(Optional<S3Settings> settings) {
    Map<String, String> properties = new HashMap<>();
    settings.ifPresent(
        s3 -> {
          s3.endpoint().ifPresent(address -> putStore(address, properties));
          region(s3).ifPresent(region -> properties.put("client.region", region));
          properties.put("s3.path-style-access", Boolean.toString(s3.pathStyle()));
          s3.keys().ifPresent(keys -> putIceberg(keys, properties));
        });
    return properties;
  }

  /** Uploads in signed pieces with a checksum behind them are what few stores but AWS take. */
  private static void putStore(String address, Map<String, String> properties) {
    properties.put("s3.endpoint", address);
    properties.put("s3.chunked-encoding-enabled", "false");
  }

  private static void putIceberg(Keys keys, Map<String, String> properties) {
    properties.put("s3.access-key-id", keys.access().reveal());
    properties.put("s3.secret-access-key", keys.secret().reveal());
    keys.token().ifPresent(token -> properties.put("s3.session-token", token.reveal()));
  }

  /**
   * For sources: puts what s3a needs into a configuration of Hadoop, and not into that of Spark,
   * which is shown. What spark-submit or the section {@code spark} say of s3a stays.
   *
   * @param spark how Spark is started
   */
  public static void put(Optional<S3Settings> settings, Configuration hadoop, SparkConf spark) {
    if (settings.isEmpty()) {
      return;
    }
    hadoop.setIfUnset("fs.s3.impl", FILE_SYSTEM); // a platform may have one of its own
    hadoop(settings.get())
        .forEach(
            (key, value) -> {
              if (!spark.contains("spark.hadoop." + key)) {
                hadoop.set(key, value);
              }
            });
  }

  private static Map<String, String> hadoop(S3Settings s3) {
    Map<String, String> properties = new HashMap<>();
    s3.endpoint().ifPresent(address -> properties.put(S3A + "endpoint", address));
    region(s3).ifPresent(region -> properties.put(S3A + "endpoint.region", region));
    properties.put(S3A + "path.style.access", Boolean.toString(s3.pathStyle()));
    // Those of Hadoop 3.3 let a driver try a wrong address for an hour; 3.4 has this one.
    properties.put(S3A + "attempts.maximum", "5");
    properties.put(S3A + "aws.credentials.provider", provider(s3));
    s3.keys().ifPresent(keys -> putHadoop(keys, properties));
    return properties;
  }

  private static void putHadoop(Keys keys, Map<String, String> properties) {
    properties.put(S3A + "access.key", keys.access().reveal());
    properties.put(S3A + "secret.key", keys.secret().reveal());
    keys.token().ifPresent(token -> properties.put(S3A + "session.token", token.reveal()));
  }

  private static String provider(S3Settings s3) {
    return s3.keys()
        .map(keys -> keys.token().isPresent() ? "Temporary" : "Simple")
        .map(kind -> PROVIDERS + kind + "AWSCredentialsProvider")
        .orElse("com.amazonaws.auth.DefaultAWSCredentialsProviderChain");
  }

  private static Optional<String> region(S3Settings s3) {
    return s3.region().or(() -> s3.endpoint().map(address -> ANY_REGION));
  }
}
