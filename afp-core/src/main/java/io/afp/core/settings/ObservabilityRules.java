package io.afp.core.settings;

import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problems;
import java.util.Map;

/** What the settings of {@code observability} may say. */
record ObservabilityRules(Problems problems) {

  private static final String WEB = "https?://\\S+";

  /** A setting that has a form. */
  private record Form(String pattern, String title, String example) {}

  private static final Map<String, Form> FORMS =
      Map.of(
          "openlineage",
          new Form(
              WEB + "|file:.+|console|" + ObservabilitySettings.OWN_CONFIG,
              "an address, file:PATH, console or config",
              "http://marquez:5000"),
          "prometheus",
          new Form(WEB, "the address of a Pushgateway", "http://pushgateway:9091"),
          "statsd",
          new Form("[^:/\\s]+:\\d{1,5}", "a host and a port", "localhost:8125"),
          "opentelemetry",
          new Form(
              WEB + "|" + ObservabilitySettings.OWN_CONFIG,
              "the address of a collector or config",
              "http://collector:4318"));

  /** The value itself is not shown, because it may hold a secret. */
  void check(String key, String value, Location location) {
    Form form = FORMS.get(key.substring(ObservabilitySettings.PREFIX.length()));
    if (form != null && !value.matches(form.pattern())) {
      problems.error(
          ErrorCode.SETTING_WRONG,
          "Cannot use %s: it is not %s".formatted(key, form.title()),
          location,
          "Write %s, such as %s.".formatted(form.title(), form.example()));
    }
  }
}
