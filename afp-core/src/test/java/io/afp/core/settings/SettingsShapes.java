package io.afp.core.settings;

import io.afp.core.yaml.Fields;

/** The declaration of {@code afp.yaml}, for the tests that make a page and a schema of it. */
public final class SettingsShapes {

  public static final Fields<?> AFP = SettingsShape.SHAPE;

  private SettingsShapes() {}
}
