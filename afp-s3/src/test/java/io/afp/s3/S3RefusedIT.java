package io.afp.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.testing.TestSpark;
import io.afp.s3.Door.Answer;
import io.afp.s3.Door.Asked;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store refuses is said with a code of its own, and without a key. */
@Tag("integration")
final class S3RefusedIT extends ShopTests {

  private static final int DENIED = 77;
  private static final int CONFIGURATION = 78;
  private static final int UNAVAILABLE = 69;
  private static final String WRONG = "canary/of+the/wrongKey00123456789abcdefg";

  @BeforeEach
  void startSpark() {
    TestSpark.session();
  }

  @Test
  void aWrongSecretKeyIsALackOfRights() {
    shop.settings(S3Server.ACCESS_KEY, WRONG);

    JsonNode failed = shop.run(DENIED, "2024-01");

    assertThat(code(failed)).isEqualTo("AFP-LAKE-009");
    assertThat(failed.toString())
        .contains("afp.yaml")
        .doesNotContain(WRONG, S3Server.SECRET_KEY, S3Server.ACCESS_KEY);
  }

  @Test
  void anUnknownAccessKeyIsALackOfRights() {
    shop.settings("AKIANOBODYKNOWSIT000", WRONG);

    JsonNode failed = shop.run(DENIED, "2024-01");

    assertThat(code(failed)).isEqualTo("AFP-LAKE-009");
    assertThat(failed.toString()).doesNotContain(WRONG, "AKIANOBODYKNOWSIT000");
  }

  @Test
  void aWarehouseThatRefusesTheKeysIsALackOfRights() {
    door.instead(
        asked ->
            asked.path().startsWith("/" + shop.lake())
                ? Optional.of(Answer.error(403, "AccessDenied", "Access Denied"))
                : Optional.empty());

    assertThat(code(shop.run(DENIED, "2024-01"))).isEqualTo("AFP-LAKE-009");
  }

  /** As S3 answers: 400 with its XML, and to HEAD without any. */
  @ParameterizedTest
  @ValueSource(strings = {"listing", "reading", "lake"})
  void aTokenThatExpiresIsALackOfRights(String when) {
    door.instead(
        asked ->
            expires(when, asked)
                ? Optional.of(Answer.error(400, "ExpiredToken", "The provided token has expired."))
                : Optional.empty());

    JsonNode failed = shop.run(DENIED, "2024-01");

    assertThat(code(failed)).isEqualTo("AFP-LAKE-009");
    assertThat(failed.at("/diagnostics/0/fix").asText()).contains("expired");
  }

  private boolean expires(String when, Asked asked) {
    boolean ofSources = asked.path().startsWith("/" + shop.sources());
    return switch (when) {
      case "listing" -> ofSources && asked.isListing();
      case "reading" -> ofSources && !asked.isListing();
      default -> !ofSources;
    };
  }

  @Test
  void aBucketThatIsNotThereIsAFaultOfTheSettings() {
    shop.settings("s3://nobody-made-this/warehouse", S3Server.ACCESS_KEY, S3Server.SECRET_KEY, "");
    assertThat(code(shop.run(CONFIGURATION, "2024-01"))).isEqualTo("AFP-LAKE-010");

    shop.settings(S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    shop.write(
        "shop/tables/raw/orders.yaml",
        "from: { files: \"s3a://nor-this-one/*.csv\", format: csv }\n"
            + "columns: { id: { type: int } }\n");
    assertThat(code(shop.run(CONFIGURATION, "2024-01"))).isEqualTo("AFP-LAKE-010");
  }

  @Test
  void aBucketInAnotherRegionIsAFaultOfTheSettings() {
    door.instead(
        asked ->
            Optional.of(
                Answer.error(
                    400,
                    "AuthorizationHeaderMalformed",
                    "The authorization header is malformed; the region 'us-east-1' is wrong;"
                        + " expecting 'eu-central-1'")));

    assertThat(code(shop.run(CONFIGURATION, "2024-01"))).isEqualTo("AFP-LAKE-010");
  }

  @Test
  void aStoreThatDoesNotAnswerIsUnavailable() {
    shop.settings(
        "s3a://" + shop.lake() + "/warehouse",
        S3Server.ACCESS_KEY,
        S3Server.SECRET_KEY,
        "  hadoop.fs.s3a.retry.limit: \"1\"\n  hadoop.fs.s3a.attempts.maximum: \"1\"");
    door.close();

    assertThat(code(shop.run(UNAVAILABLE, "2024-01"))).isEqualTo("AFP-LAKE-011");
  }

  private static String code(JsonNode report) {
    return report.at("/diagnostics/0/code").asText();
  }
}
