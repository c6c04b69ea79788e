package io.afp.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Output that pages show, compared with real output.
 *
 * <p>A line {@code …} stands for any lines, and inside a line it stands for any text. Ids of runs
 * differ, but one id of the pages is one id of reality, on all pages. Instants, seconds at the end
 * of a line, and the number of blanks differ too.
 */
final class Shown {

  private static final String HEX = "[0-9a-f]";
  private static final String ID = "%1$s{8}-?%1$s{4}-?%1$s{4}-?%1$s{4}-?%1$s{12}".formatted(HEX);
  private static final Pattern START_OF_ID =
      Pattern.compile("\\b(run_)?(%s{8}[0-9a-f-]*)".formatted(HEX));
  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ";
  private static final String SECONDS = "\\b\\d+\\.\\d$";
  private static final Pattern DIFFERENT =
      Pattern.compile("…|%s|%s|%s".formatted(ID, INSTANT, SECONDS));

  private final Map<String, String> ids = new LinkedHashMap<>();

  /** The text of a page with the ids that are known by now. */
  String withIds(String text) {
    return START_OF_ID.matcher(text).replaceAll(m -> prefix(m) + id(m.group(2)));
  }

  private static String prefix(MatchResult match) {
    return match.group(1) == null ? "" : match.group(1);
  }

  private String id(String start) {
    for (Map.Entry<String, String> id : ids.entrySet()) {
      if (id.getKey().startsWith(start)) {
        return id.getValue().substring(0, start.length());
      }
    }
    return start;
  }

  /** Whether the output is as the page shows it; remembers ids that are new. */
  boolean matches(List<String> shown, String output) {
    List<String> unknown = new ArrayList<>();
    StringBuilder pattern = new StringBuilder();
    for (String line : shown) {
      pattern.append(
          line.equals("…") ? "(?:.*\n)*?" : line(squeeze(withIds(line)), unknown) + "\n");
    }
    Matcher matcher = Pattern.compile(pattern.toString()).matcher(squeeze(output) + "\n");
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 0; i < unknown.size(); i++) {
      remember(unknown.get(i), matcher.group(i + 1));
    }
    return true;
  }

  private String line(String line, List<String> unknown) {
    StringBuilder pattern = new StringBuilder();
    Matcher different = DIFFERENT.matcher(line);
    int end = 0;
    for (; different.find(); end = different.end()) {
      pattern.append(Pattern.quote(line.substring(end, different.start())));
      pattern.append(different(different.group(), unknown));
    }
    return pattern.append(Pattern.quote(line.substring(end))).toString();
  }

  private String different(String found, List<String> unknown) {
    if (found.equals("…")) {
      return ".*";
    }
    if (!found.matches(ID)) {
      return found.matches(INSTANT) ? INSTANT : "\\d+\\.\\d";
    }
    if (ids.containsValue(found)) {
      return found;
    }
    unknown.add(found);
    return "(" + ID + ")";
  }

  /** With and without hyphens. */
  private void remember(String shown, String real) {
    ids.put(dashed(shown), dashed(real));
    ids.put(shown.replace("-", ""), real.replace("-", ""));
  }

  private static String dashed(String id) {
    return id.replace("-", "").replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  private static String squeeze(String text) {
    return text.lines()
        .map(l -> l.replaceAll(" +", " ").stripTrailing())
        .collect(Collectors.joining("\n"));
  }
}
