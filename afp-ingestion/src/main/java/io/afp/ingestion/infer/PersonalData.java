package io.afp.ingestion.infer;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Suspects that values of a column are about a person. */
final class PersonalData {

  private static final Pattern NAMES =
      Pattern.compile(
          "(?:.*_)?(e?_?mail|email_address|phone|mobile|fax|telephone|tel|ssn|social_security\\w*|passport\\w*"
              + "|iban|first_?name|last_?name|full_?name|sur_?name|given_?name|maiden_?name|user_?name"
              + "|birth\\w*|dob|date_of_birth|street\\w*|address\\w*|zip|zip_?code|postal_?code|post_?code"
              + "|credit_?card\\w*|card_?number|ip|ip_?address\\w*|salary|gender|religion|tax_?id|license_?plate"
              + "|geburts\\w*|vorname|nachname|strasse|plz|telefon\\w*)(?:_.*)?");

  private static final Set<Look> PERSONAL =
      EnumSet.of(Look.EMAIL, Look.ADDRESS_OF_HOST, Look.PHONE, Look.IBAN, Look.CARD);

  private static final double MOST = 0.9;

  private PersonalData() {}

  /** Why the values may be personal, in a few words; empty if nothing says so. */
  static Optional<String> suspicion(String name, ColumnProfile column) {
    List<Look> looks =
        PERSONAL.stream()
            .filter(look -> column.count(look) > 0)
            .filter(look -> column.count(look) >= MOST * column.plainValues())
            .toList();
    if (!looks.isEmpty()) {
      String word = looks.get(0).name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return Optional.of("the values look like " + word);
    }
    return suspicion(name);
  }

  /** Why the values may be personal, by the name alone. */
  static Optional<String> suspicion(String name) {
    return NAMES.matcher(name).matches() ? Optional.of("the name says so") : Optional.empty();
  }
}
