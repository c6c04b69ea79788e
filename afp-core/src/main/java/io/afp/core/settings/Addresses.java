package io.afp.core.settings;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The addresses of databases and folders. */
public final class Addresses {

  static final String POSTGRES = "jdbc:postgresql:";

  /** What the name of a setting has in it, as a regular expression, when its value is a secret. */
  public static final String SECRET_NAMES =
      "(?i)(secret|pass(word|wd|phrase)|pwd|token|credential|signature"
          + "|(access|account|shared|api|private|encryption)[._-]?key)";

  private static final Pattern SECRET = Pattern.compile("[^=]*" + SECRET_NAMES + ".*");

  /** A parameter with a secret, an account before a host, and one as Oracle writes it. */
  private static final List<Pattern> SECRETS =
      List.of(
          Pattern.compile(SECRET_NAMES + "[\\w.-]*\\s*="),
          Pattern.compile("(?i)[?&]sig="),
          Pattern.compile("//[^/?@:]*:(?!\\d+[/,])[^?]*@"),
          Pattern.compile("(?i)jdbc:oracle:\\w+:[^@/]+/[^@]+@"));

  private static final String USER = "user=";
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private Addresses() {}

  /** An address that can be shown: parameters of a JDBC address may hold a password. */
  public static String shown(String uri) {
    return uri.replaceFirst("\\?.*", "?******")
        .replaceFirst(";.*", ";******") // as SQL Server and H2 write them
        .replaceFirst(":thin:[^@]*@", ":thin:******@") // as Oracle writes an account
        .replaceFirst("//[^/@]*@", "//******@");
  }

  /**
   * An address to connect by, for a reader who has the password from elsewhere: parameters with a
   * secret are left out.
   *
   * @param user who connects, where the address does not say it
   */
  public static String withoutSecrets(String uri, Optional<String> user) {
    String[] parts = uri.split("\\?", 2);
    List<String> parameters = new ArrayList<>();
    if (parts.length > 1) {
      parameters.addAll(List.of(parts[1].split("&")));
    }
    if (parameters.stream().noneMatch(parameter -> parameter.startsWith(USER))) {
      user.ifPresent(
          name -> parameters.add(USER + URLEncoder.encode(name, StandardCharsets.UTF_8)));
    }
    parameters.removeIf(parameter -> SECRET.matcher(parameter).matches());
    String place = parts[0].replaceFirst("//[^/@]*@", "//");
    return parameters.isEmpty() ? place : place + "?" + String.join("&", parameters);
  }

  /** Whether a text is an address and no path. */
  public static boolean hasScheme(String text) {
    return SCHEME.matcher(text).matches();
  }

  /** Whether an address, or a setting as {@code key=value}, tells a secret. */
  public static boolean hasSecret(String text) {
    return SECRETS.stream().anyMatch(secret -> secret.matcher(text).find());
  }

  /**
   * Refuses arguments of a command that tell a secret: others see them in the list of processes.
   *
   * @throws AfpException USAGE, which does not repeat it
   */
  public static void requireNoSecret(Stream<String> arguments) {
    if (arguments.anyMatch(Addresses::hasSecret)) {
      throw new AfpException(
          ErrorCode.USAGE,
          "Cannot use the arguments: a password on a command line is seen by others",
          "Name a connection of afp.yaml, give --password-env NAME, or configure the store in"
              + " afp.yaml.");
    }
  }

  /** Whether the text can be a warehouse: not blank, and no character that a path can't have. */
  static boolean isWarehouse(String text) {
    return !text.isBlank() && text.indexOf('\0') < 0;
  }

  /** The URI of a warehouse; a path without a scheme starts at this folder. */
  static String warehouse(String text, Path root) {
    return hasScheme(text) ? text : uri(root.resolve(text).normalize());
  }

  /** The address of a folder as Hadoop reads it, which takes a {@code %20} for what it is. */
  private static String uri(Path folder) {
    return "file://" + folder.toAbsolutePath();
  }
}
