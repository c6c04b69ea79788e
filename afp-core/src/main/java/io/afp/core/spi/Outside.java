package io.afp.core.spi;

import io.afp.core.settings.ConnectionSettings;
import io.afp.core.settings.Settings;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * How what lies outside of the lake is reached.
 *
 * @param hadoop reaches the file systems that the settings of the project name
 * @param connections the databases that the settings name
 */
public record Outside(Configuration hadoop, Map<String, ConnectionSettings> connections) {

  public Outside {
    connections = Map.copyOf(connections);
  }

  /** As the settings say. */
  public static Outside of(Configuration hadoop, Settings settings) {
    return new Outside(hadoop, settings.connections());
  }
}
