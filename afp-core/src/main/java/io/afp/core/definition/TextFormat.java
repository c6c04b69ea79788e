package io.afp.core.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Forms of texts that many data sets have. */
public enum TextFormat {
  /** A local part, {@code @} and a domain with a dot, without quotes, comments and addresses. */
  EMAIL(
      matching(
          "(?=.{3,254}$)(?=[^@]{1,64}@)[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*@"
              + "([\\p{L}\\p{N}]([\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+\\p{L}[\\p{L}\\p{N}-]*[\\p{L}\\p{N}]")),
  /** An address of http, https or ftp with a host. */
  URL(matching("(?i:https?|ftp)://[^\\s/?#@]*@?[^\\s/?#@:]+(:\\d{1,5})?([/?#]\\S*)?")),
  /** Five groups of hexadecimal digits. */
  UUID(matching("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}")),
  /** Four numbers from 0 to 255 without leading zeros. */
  IPV4(TextFormat::isIpv4),
  /** Eight groups, {@code ::} for some of them, the last two also as an address of version 4. */
  IPV6(TextFormat::isIpv6),
  /** An account by ISO 13616, blanks between its groups allowed, with its check digits. */
  IBAN(TextFormat::isIban),
  /** 12 to 19 digits, blanks or hyphens between groups allowed, with the check digit of Luhn. */
  CARD(TextFormat::isCard),
  /** One value of JSON, and nothing behind it. */
  JSON(TextFormat::isJson);

  private final Predicate<String> test;

  TextFormat(Predicate<String> test) {
    this.test = test;
  }

  /** Whether a text has this form as a whole. */
  public boolean fits(String text) {
    return test.test(text);
  }

  private static Predicate<String> matching(String regex) {
    return Pattern.compile(regex).asMatchPredicate();
  }

  private static final class Patterns {
    private static final Pattern IPV4 =
        Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern GROUP = Pattern.compile("\\p{XDigit}{1,4}");
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}");
    private static final Pattern CARD = Pattern.compile("\\d([ -]?\\d){11,18}");
    private static final JsonFactory JSON = new JsonFactory();
  }

  private static boolean isIpv4(String text) {
    return Patterns.IPV4.matcher(text).matches();
  }

  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == 8;
    }
    int before = gap == 0 ? 0 : groups(text.substring(0, gap));
    String rest = text.substring(gap + 2);
    int after = rest.isEmpty() ? 0 : groups(rest);
    boolean oneGap = rest.isEmpty() || rest.charAt(0) != ':';
    return before >= 0 && after >= 0 && oneGap && before + after < 8 && isHex(text, gap);
  }

  /** An address of version 4 is at the end alone. */
  private static boolean isHex(String text, int gap) {
    return text.substring(0, gap).indexOf('.') < 0;
  }

  /** How many groups of 16 bits a text has; negative where it is no list of them. */
  private static int groups(String text) {
    String[] groups = text.split(":", -1);
    int number = groups.length;
    for (int i = 0; i < groups.length; i++) {
      if (i == groups.length - 1 && isIpv4(groups[i])) {
        number++;
      } else if (!Patterns.GROUP.matcher(groups[i]).matches()) {
        return Integer.MIN_VALUE / 4;
      }
    }
    return number;
  }

  private static boolean isIban(String text) {
    String plain = text.replace(" ", "");
    if (!Patterns.IBAN.matcher(plain).matches()) {
      return false;
    }
    StringBuilder digits = new StringBuilder();
    (plain.substring(4) + plain.substring(0, 4))
        .chars()
        .forEach(c -> digits.append(Character.digit(c, Character.MAX_RADIX)));
    return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
  }

  private static boolean isCard(String text) {
    if (!Patterns.CARD.matcher(text).matches()) {
      return false;
    }
    String digits = text.replaceAll("[ -]", "");
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int counted = i % 2 == 0 ? digit : 2 * digit;
      sum += counted > 9 ? counted - 9 : counted;
    }
    return sum % 10 == 0;
  }

  private static boolean isJson(String text) {
    try (JsonParser parser = Patterns.JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
