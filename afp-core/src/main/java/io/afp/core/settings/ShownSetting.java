package io.afp.core.settings;

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
    settings.piiKey().ifPresent(key -> shown.add(of(settings, "pii.key", HIDDEN)));
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

  private static void addAccount(
      List<ShownSetting> shown, Settings settings, String section, Optional<String> user) {
    if (settings.origins().containsKey(section + ".user")) {
      shown.add(of(settings, section + ".user", user.orElse("")));
    }
    if (settings.origins().containsKey(section + ".password")) {
      shown.add(of(settings, section + ".password", HIDDEN));
    }
  }

  private static ShownSetting of(Settings settings, String key, String value) {
    Optional<Origin> origin = Optional.ofNullable(settings.origins().get(key));
    boolean hidden =
        SECRET.matcher(key).matches() || origin.filter(o -> !o.references().isEmpty()).isPresent();
    return new ShownSetting(
        key, hidden ? HIDDEN : value, origin.map(o -> o.text(key)).orElse("default"));
  }
}
