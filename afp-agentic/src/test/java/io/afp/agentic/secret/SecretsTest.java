package io.afp.agentic.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {

  private static final String BEGIN = "-----BEGIN RSA PRIVATE KEY-----";
  private static final String END = "-----END RSA PRIVATE KEY-----";

  @Test
  void aKeyIsLeftOutToItsEndAndOneWithoutAnEndToThatOfTheText() {
    assertThat(clean("a " + BEGIN + "\nMIIE\n" + END + " b")).isEqualTo("a *** b");
    assertThat(clean("a " + BEGIN + "\nMIIE\n[INFO] MIIE")).isEqualTo("a ***");
    assertThat(clean("a " + BEGIN + "\\nMIIE\\nMIIE")).isEqualTo("a ***");
    assertThat(clean("Find `" + BEGIN + "` in logs")).isEqualTo("Find `***` in logs");
  }

  @Test
  void aPasswordThatOnlyBeginsLikeNoneIsOne() {
    assertThat(clean("password=nonesuch99 password: true-love")).isEqualTo("*** ***");
    assertThat(clean("password=changeme, secret: xxxxxxxxxx"))
        .isEqualTo("password=changeme, secret: xxxxxxxxxx");
  }

  @Test
  void aPasswordInAnAddressIsLeftOut() {
    assertThat(clean("jdbc:postgresql://ada:geheim9@db/afp")).doesNotContain("geheim9");
    assertThat(clean("https://${USER}:${PASSWORD}@db")).isEqualTo("https://${USER}:${PASSWORD}@db");
  }

  @Test
  void valuesOfVariablesThatSpeakOfASecretAreLeftOut() {
    assertThat(Secrets.without("a hidden b", Map.of("API_TOKEN", "hidden", "HOME", "a")))
        .isEqualTo("a *** b");
  }

  private static String clean(String text) {
    return Secrets.without(text, Map.of());
  }
}
