package io.afp.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A compose file, with what {@code <<} takes over in place.
 *
 * @param folder where relative paths start
 */
record Compose(Path folder, JsonNode file) {

  static Compose read(Path path) throws IOException {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(path));
    return new Compose(path.getParent(), new ObjectMapper().valueToTree(merged(loaded)));
  }

  private static Object merged(Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(Compose::merged).toList();
    }
    if (!(node instanceof Map<?, ?> map)) {
      return node;
    }
    Map<Object, Object> all = new LinkedHashMap<>();
    if (map.get("<<") instanceof Map<?, ?> taken) {
      ((Map<?, ?>) merged(taken)).forEach(all::put);
    }
    map.forEach((key, value) -> all.put(key, merged(value)));
    all.remove("<<");
    return all;
  }

  Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    file.get("services").fields().forEachRemaining(e -> services.put(e.getKey(), e.getValue()));
    return services;
  }

  JsonNode service(String name) {
    return file.at("/services/" + name);
  }

  /** The texts of a list of each service. */
  List<String> all(String key) {
    return services().values().stream().flatMap(s -> texts(s.path(key)).stream()).toList();
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** The files and folders beside the compose file that containers see. */
  List<Path> mounted() {
    return all("volumes").stream()
        .map(volume -> volume.replaceFirst("^\\$\\{\\w+:-([^}]+)}", "$1"))
        .filter(volume -> volume.startsWith("./"))
        .map(volume -> folder.resolve(volume.split(":")[0]).normalize())
        .toList();
  }
}
