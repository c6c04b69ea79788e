package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.settings.S3Settings;
import io.afp.core.settings.S3Settings.Keys;
import io.afp.core.settings.Secret;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class S3PropertiesTest {

  private static final Optional<S3Settings> AWS =
      Optional.of(new S3Settings(Optional.empty(), Optional.empty(), false, Optional.empty()));

  @Test
  void withoutKeysBothSdksLookForThemByTheirOwnRules() {
    assertThat(S3Properties.iceberg(AWS))
        .containsExactly(Map.entry("s3.path-style-access", "false"));
    assertThat(hadoop(AWS, new SparkConf(false)).get("fs.s3a.aws.credentials.provider"))
        .isEqualTo("com.amazonaws.auth.DefaultAWSCredentialsProviderChain");
  }

  @Test
  void temporaryKeysHaveTheirTokenBeside() {
    Optional<S3Settings> store = store(Optional.of(Secret.of("t0ken")));

    assertThat(S3Properties.iceberg(store))
        .containsEntry("s3.access-key-id", "AKIA1")
        .containsEntry("s3.secret-access-key", "s3cret")
        .containsEntry("s3.session-token", "t0ken")
        .containsEntry("s3.endpoint", "http://store")
        .containsEntry("client.region", "us-east-1");
    Configuration hadoop = hadoop(store, new SparkConf(false));
    assertThat(hadoop.get("fs.s3a.aws.credentials.provider"))
        .isEqualTo("org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider");
    assertThat(hadoop.get("fs.s3a.session.token")).isEqualTo("t0ken");
    assertThat(hadoop.get("fs.s3a.endpoint")).isEqualTo("http://store");
  }

  @Test
  void whatSparkIsStartedWithComesFirst() {
    SparkConf spark = new SparkConf(false).set("spark.hadoop.fs.s3a.access.key", "other");

    Configuration hadoop = hadoop(store(Optional.empty()), spark);

    assertThat(hadoop.get("fs.s3a.access.key")).isNull();
    assertThat(hadoop.get("fs.s3a.secret.key")).isEqualTo("s3cret");
  }

  @Test
  void whereS3IsNotUsedNothingIsSet() {
    assertThat(S3Properties.iceberg(Optional.empty())).isEmpty();
    assertThat(hadoop(Optional.empty(), new SparkConf(false))).isEmpty();
  }

  private static Configuration hadoop(Optional<S3Settings> settings, SparkConf spark) {
    Configuration hadoop = new Configuration(false);
    S3Properties.put(settings, hadoop, spark);
    return hadoop;
  }

  private static Optional<S3Settings> store(Optional<Secret> token) {
    return Optional.of(
        new S3Settings(
            Optional.of("http://store"),
            Optional.empty(),
            true,
            Optional.of(new Keys(Secret.of("AKIA1"), Secret.of("s3cret"), token))));
  }
}
