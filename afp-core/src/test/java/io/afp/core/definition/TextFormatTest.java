package io.afp.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormatTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "EMAIL|ada@example.org",
        "EMAIL|a.b+c@sub.example.co.uk",
        "EMAIL|jörg@bücher.example",
        "URL|https://example.org/a?b=c#d",
        "URL|ftp://user@example.org:21/",
        "URL|HTTP://EXAMPLE.ORG",
        "UUID|123e4567-e89b-12d3-a456-426614174000",
        "IPV4|127.0.0.1",
        "IPV4|255.255.255.255",
        "IPV6|::",
        "IPV6|::1",
        "IPV6|2001:db8::8a2e:370:7334",
        "IPV6|::ffff:192.0.2.1",
        "IPV6|1:2:3:4:5:6:7:8",
        "IBAN|DE89 3704 0044 0532 0130 00",
        "IBAN|GB82WEST12345698765432",
        "CARD|4111 1111 1111 1111",
        "JSON|{\"a\": [1, null]}",
        "JSON|7",
        "JSON|\"x\"",
      })
  void whatHasTheFormFits(TextFormat format, String text) {
    assertThat(format.fits(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "EMAIL|ada@example",
        "EMAIL|ada example@example.org",
        "EMAIL|.ada@example.org",
        "EMAIL|ada@@example.org",
        "EMAIL|ada@-example.org",
        "URL|example.org",
        "URL|https://",
        "URL|https://exa mple.org",
        "URL|javascript:alert(1)",
        "UUID|123e4567e89b12d3a456426614174000",
        "IPV4|256.0.0.1",
        "IPV4|1.2.3",
        "IPV4|01.2.3.4",
        "IPV4|1.2.3.4.",
        "IPV6|1::2::3",
        "IPV6|1:2:3:4:5:6:7",
        "IPV6|1:2:3:4:5:6:7:8:9",
        "IPV6|:::",
        "IPV6|12345::",
        "IPV6|1.2.3.4::",
        "IBAN|DE89 3704 0044 0532 0130 01",
        "IBAN|DE89",
        "CARD|4111 1111 1111 1112",
        "CARD|41111",
        "JSON|{\"a\": 1",
        "JSON|{\"a\": 1} x",
        "JSON|{'a': 1}",
        "JSON|NaN",
        "JSON|~~",
      })
  void whatHasItNotDoesNot(TextFormat format, String text) {
    assertThat(format.fits(text)).isFalse();
  }
}
