package io.afp.core.settings;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** The addresses of databases and folders. */
public final class Addresses {

  static final String POSTGRES = "jdbc:postgresql:";

  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private Addresses() {}

  /** An address that can be shown: parameters of a JDBC address may hold a password. */
  public static String shown(String uri) {
    return uri.replaceFirst("\\?.*", "?******").replaceFirst("//[^/@]*@", "//******@");
  }

  /** Whether the text can be a warehouse: not blank, and no character that a path can't have. */
  static boolean isWarehouse(String text) {
    return !text.isBlank() && text.indexOf('\0') < 0;
  }

  /** The URI of a warehouse; a path without a scheme starts at this folder. */
  static String warehouse(String text, Path root) {
    return SCHEME.matcher(text).matches() ? text : uri(root.resolve(text).normalize());
  }

  /** The address of a folder as Hadoop reads it, which takes a {@code %20} for what it is. */
  private static String uri(Path folder) {
    return "file://" + folder.toAbsolutePath();
  }
}
