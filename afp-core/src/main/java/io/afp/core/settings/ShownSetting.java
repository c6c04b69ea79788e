package io.afp.core.settings;

import io.afp.core.definition.TimeToLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A setting as it can be shown to anybody: passwords and what comes from a reference are stars.
 *
 * @param value the value, or what it means that there is none
 * @param origin where it is written, or {@code default}
 */
public record ShownSetting(String key, String value, String origin) {

  private static final String HIDDEN = "******";
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(secret|password|token|key|credential).*");

  static List<ShownSetting> of(Settings settings) {
    LakeSettings lake = settings.lake();
    ServingSettings serving = settings.serving();
    boolean ownServing = settings.origins().containsKey("serving.uri");
    List<ShownSetting> shown = new ArrayList<>();
    shown.add(uri(settings, "lake.uri", lake.uri(), "the embedded Postgres"));
    addAccount(shown, settings, "lake", lake.user());
    shown.add(of(settings, "lake.warehouse", lake.warehouse()));
    Optional<String> address = ownServing ? serving.uri() : Optional.empty();
    shown.add(uri(settings, "serving.uri", address, "the database of the lake"));
    addAccount(shown, settings, "serving", serving.user());
    addS3(shown, settings);
    settings.piiKey().ifPresent(key -> shown.add(of(settings, "pii.key", HIDDEN)));
    addAge(shown, settings, "keep.rejects", settings.keep().rejects());
    addAge(shown, settings, "keep.quarantine", settings.keep().quarantine());
    addObservability(shown, settings);
    new TreeMap<>(settings.connections()).values().forEach(c -> addConnection(shown, settings, c));
    new TreeMap<>(settings.spark()).forEach((key, value) -> shown.add(of(settings, key, value)));
    for (int i = 0; i < settings.classpath().size(); i++) {
      shown.add(of(settings, SettingsShape.classPathKey(i), settings.classpath().get(i)));
    }
    return List.copyOf(shown);
  }

  private static ShownSetting uri(
      Settings settings, String key, Optional<String> uri, String otherwise) {
    return of(settings, key, uri.map(Addresses::shown).orElse(otherwise));
  }

  private static void addConnection(
      List<ShownSetting> shown, Settings settings, ConnectionSettings connection) {
    String section = SettingsShape.CONNECTIONS_PREFIX + connection.name();
    shown.add(of(settings, section + ".uri", Addresses.shown(connection.uri())));
    addAccount(shown, settings, section, connection.user());
    connection.driver().ifPresent(d -> shown.add(of(settings, section + ".driver", d)));
  }

  private static void addAccount(
      List<ShownSetting> shown, Settings settings, String section, Optional<String> user) {
    if (settings.origins().containsKey(section + ".user")) {
      shown.add(of(settings, section + ".user", user.orElse("")));
    }
    addHidden(shown, settings, section + ".password");
  }

  private static void addAge(
      List<ShownSetting> shown, Settings settings, String key, Optional<TimeToLive> age) {
    age.ifPresent(a -> shown.add(of(settings, key, a.toString())));
  }

  private static void addHidden(List<ShownSetting> shown, Settings settings, String key) {
    if (settings.origins().containsKey(key)) {
      shown.add(of(settings, key, HIDDEN));
    }
  }

  private static void addS3(List<ShownSetting> shown, Settings settings) {
    settings
        .s3()
        .ifPresent(
            s3 -> {
              String endpoint = s3.endpoint().map(Addresses::shown).orElse("AWS");
              shown.add(of(settings, "s3.endpoint", endpoint));
              shown.add(of(settings, "s3.region", s3.region().orElse("as AWS finds it")));
              String keys = s3.keys().map(k -> HIDDEN).orElse("as AWS finds it");
              shown.add(of(settings, "s3.access_key", keys));
              shown.add(of(settings, "s3.path_style", Boolean.toString(s3.pathStyle())));
            });
    addHidden(shown, settings, "s3.secret_key");
    addHidden(shown, settings, "s3.session_token");
  }

  private static void addObservability(List<ShownSetting> shown, Settings settings) {
    ObservabilitySettings told = settings.observability();
    String prefix = ObservabilitySettings.PREFIX;
    addAddress(shown, settings, prefix + "openlineage", told.openlineage());
    addHidden(shown, settings, prefix + "openlineage_key");
    addAddress(shown, settings, prefix + "openlineage_namespace", told.openlineageNamespace());
    addAddress(shown, settings, prefix + "prometheus", told.prometheus());
    addAddress(shown, settings, prefix + "statsd", told.statsd());
    addAddress(shown, settings, prefix + "cloudwatch", told.cloudwatch());
    addAddress(shown, settings, prefix + "opentelemetry", told.opentelemetry());
  }

  private static void addAddress(
      List<ShownSetting> shown, Settings settings, String key, Optional<String> address) {
    address.ifPresent(a -> shown.add(of(settings, key, Addresses.shown(a))));
  }

  private static ShownSetting of(Settings settings, String key, String value) {
    Optional<Origin> origin = Optional.ofNullable(settings.origins().get(key));
    boolean hidden =
        origin.isPresent() && SECRET.matcher(key).matches()
            || origin.filter(o -> !o.references().isEmpty()).isPresent();
    return new ShownSetting(
        key, hidden ? HIDDEN : value, origin.map(o -> o.text(key)).orElse("default"));
  }
}
