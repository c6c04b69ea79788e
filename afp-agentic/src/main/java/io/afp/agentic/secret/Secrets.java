package io.afp.agentic.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows secrets by their looks, and those of the environment by their values. */
public final class Secrets {

  private static final String INSTEAD = "***";
  private static final int SHORTEST = 6;
  private static final Map<String, Pattern> LOOKS = new LinkedHashMap<>();
  private static final Pattern NAMES =
      Pattern.compile("(?i).*(password|passwd|secret|token|api_?key|access_?key|credential).*");

  static {
    LOOKS.put(
        "a private key",
        Pattern.compile(
            "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----"
                + "(.*?-----END [A-Z ]*PRIVATE KEY-----|(?=[\\s\\\\]).*)?"));
    LOOKS.put("an access key of AWS", Pattern.compile("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"));
    LOOKS.put("a token of GitHub", Pattern.compile("\\bgh[pousr]_[0-9A-Za-z]{36,}\\b"));
    LOOKS.put(
        "a password in an address",
        Pattern.compile("(?<![a-z])[a-z]++://[^\\s/:@]+:(?![$*<{])[^\\s/@]+@"));
    LOOKS.put(
        "a password",
        Pattern.compile(
            "(?i)(password|passwd|secret|api[_-]?key|access[_-]?token)[\"']?\\s*[:=]\\s*[\"']?"
                + "(?![$<{*\\[\\s\"'])(?!(x{3,}|changeme|none|null|true|false)(?![^\\s\"',}]))"
                + "[^\\s\"',}]{8,}"));
  }

  private Secrets() {}

  /** A secret in a text, with what it is; it itself is never repeated. */
  public record Found(String what, int start) {}

  /** All that look like one. */
  public static List<Found> in(String text) {
    List<Found> found = new ArrayList<>();
    LOOKS.forEach(
        (what, looks) -> {
          Matcher matcher = looks.matcher(text);
          while (matcher.find()) {
            found.add(new Found(what, matcher.start()));
          }
        });
    return found;
  }

  /**
   * A text without what looks like a secret, and without the values of variables whose names speak
   * of one. Give it the whole text, and cut after: a part of a secret does not look like one. Of a
   * private key without an end, all that follows is left out.
   */
  public static String without(String text, Map<String, String> environment) {
    String rest = text;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      boolean secret = NAMES.matcher(variable.getKey()).matches();
      if (secret && variable.getValue().length() >= SHORTEST) {
        rest = rest.replace(variable.getValue(), INSTEAD);
      }
    }
    for (Pattern looks : LOOKS.values()) {
      rest = looks.matcher(rest).replaceAll(INSTEAD);
    }
    return rest;
  }
}
