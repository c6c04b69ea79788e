package io.afp.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url=jdbc:postgresql://h/d?user=u&password=z",
        "jdbc:mysql://root:pw@h/d",
        "jdbc:oracle:thin:scott/tiger@//h:1521/d",
        "jdbc:sqlserver://h;user=u;pwd=z",
        "jdbc:h2:mem:d;PASSWORD = z",
        "fs.s3a.secret.key=z",
        "fs.azure.account.key.store=z",
        "token=z",
        "oauth2.credential=z",
        "s3a://AKIA1:z@bucket/orders",
        "wasbs://b@a/orders?sv=1&sig=z"
      })
  void anAddressOrAnOptionThatTellsASecretIsKnown(String text) {
    assertThat(Addresses.hasSecret(text)).isTrue();
    assertThatThrownBy(() -> Addresses.requireNoSecret(Stream.of("a", text)))
        .hasMessageContaining("a password on a command line is seen by others")
        .hasMessageNotContaining(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h:5432/d?user=u&ssl=true",
        "jdbc:postgresql://h:5432,g:5432/d@x",
        "jdbc:postgresql://me@h/d",
        "jdbc:oracle:thin:@//h:1521/d",
        "jdbc:sqlserver://h:1433;databaseName=d",
        "abfss://box@account.dfs.core.windows.net/orders",
        "s3a://bucket/at=10:00/a@b",
        "header=true",
        "sep=;",
        "partitionColumn=id",
        "snapshot-id=1"
      })
  void whatTellsNoneIsLetThrough(String text) {
    assertThat(Addresses.hasSecret(text)).isFalse();
  }

  private static String withUser(String uri, String user) {
    return Addresses.withoutSecrets(uri, Optional.of(user));
  }
}
