package io.afp.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressesTest {

  @Test
  void anAddressToConnectByHasTheUserAndNoSecret() {
    assertThat(withUser("jdbc:postgresql://db/afp", "afp"))
        .isEqualTo("jdbc:postgresql://db/afp?user=afp");
    assertThat(withUser("jdbc:postgresql://db/afp?password=geheim9", "afp"))
        .isEqualTo("jdbc:postgresql://db/afp?user=afp");
    assertThat(withUser("jdbc:postgresql://db/afp?sslpassword=geheim9&ssl=true", "a&b ü"))
        .isEqualTo("jdbc:postgresql://db/afp?ssl=true&user=a%26b+%C3%BC");
    assertThat(withUser("jdbc:postgresql://afp:geheim9@db/afp", "afp"))
        .isEqualTo("jdbc:postgresql://db/afp?user=afp");
  }

  @Test
  void theUserInTheAddressIsTheOneThatPostgresTakes() {
    assertThat(withUser("jdbc:postgresql://db/afp?user=owner&password=geheim9", "afp"))
        .isEqualTo("jdbc:postgresql://db/afp?user=owner");
  }

  @Test
  void withoutAUserNothingIsAdded() {
    assertThat(Addresses.withoutSecrets("jdbc:postgresql://db/afp", Optional.empty()))
        .isEqualTo("jdbc:postgresql://db/afp");
    assertThat(
            Addresses.withoutSecrets("jdbc:postgresql://db/afp?password=geheim9", Optional.empty()))
        .isEqualTo("jdbc:postgresql://db/afp");
  }

  private static String withUser(String uri, String user) {
    return Addresses.withoutSecrets(uri, Optional.of(user));
  }
}
