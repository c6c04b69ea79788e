package io.afp.observe.lineage;

import io.afp.core.settings.ObservabilitySettings;
import io.afp.core.settings.Secret;
import io.afp.core.settings.Settings;
import io.openlineage.client.Clients;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.OpenLineageConfig;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.ConsoleConfig;
import io.openlineage.client.transports.FileConfig;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.TransportConfig;
import java.net.URI;

/** The client for what the settings name. */
final class BackEnd {

  private static final int TIMEOUT_MS = 5_000;
  private static final String FILE = "file:";

  private BackEnd() {}

  static OpenLineageClient open(Settings settings, String target) {
    if (target.equals(ObservabilitySettings.OWN_CONFIG)) {
      return Clients.newClient();
    }
    OpenLineageConfig<?> config = new OpenLineageConfig<>();
    config.setTransportConfig(transport(settings, target));
    return Clients.newClient(config);
  }

  private static TransportConfig transport(Settings settings, String target) {
    if (target.equals("console")) {
      return new ConsoleConfig();
    }
    if (target.startsWith(FILE)) {
      String file = settings.root().resolve(target.substring(FILE.length())).toString();
      return new FileConfig(file);
    }
    HttpConfig http = new HttpConfig();
    http.setUrl(URI.create(target));
    http.setTimeoutInMillis(TIMEOUT_MS);
    settings.observability().openlineageKey().map(BackEnd::token).ifPresent(http::setAuth);
    return http;
  }

  private static ApiKeyTokenProvider token(Secret key) {
    ApiKeyTokenProvider token = new ApiKeyTokenProvider();
    token.setApiKey(key.reveal());
    return token;
  }
}
