package io.afp.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.settings.CheckedSettings;
import io.afp.core.settings.Settings;
import io.afp.core.settings.ShownSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The settings of a project. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The settings of the project.",
    subcommands = ConfigCommand.Show.class)
final class ConfigCommand {

  @Mixin CommonOptions options;

  /** Shows what holds, and why. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Shows the settings that hold, and where each of them comes from.",
        "What can't be used is said, and the others are shown all the same.",
        "Passwords, and what comes from a reference such as $${env:X}, are hidden."
      })
  static final class Show implements Callable<Integer> {

    @Mixin CommonOptions options;

    @Override
    public Integer call() {
      CheckedSettings checked = options.checkedSettings(options.project());
      Settings settings = checked.settings();
      List<ShownSetting> shown = new ArrayList<>(checked.shown());
      new TreeMap<>(Driver.defaults(settings))
          .forEach((key, value) -> shown.add(new ShownSetting(key, value, "default of afp run")));
      int exitCode =
          checked.problems().stream()
              .findFirst()
              .map(problem -> problem.code().category().exitCode())
              .orElse(0);
      return options
          .output("config show")
          .end(exitCode, text(settings, shown), json(settings, shown), checked.problems());
    }

    private static String text(Settings settings, List<ShownSetting> shown) {
      TextTable table = new TextTable("setting", "value", "from");
      shown.forEach(setting -> table.row(setting.key(), setting.value(), setting.origin()));
      return "project %s, %s%n%n%s"
          .formatted(
              settings.root(),
              settings.environment().map(name -> "environment " + name).orElse("no environment"),
              table.fit("setting", "from"));
    }

    private static ObjectNode json(Settings settings, List<ShownSetting> shown) {
      ObjectNode data = Output.JSON.createObjectNode();
      data.put("project", settings.root().toString())
          .put("environment", settings.environment().orElse(null));
      ArrayNode list = data.putArray("settings");
      for (ShownSetting setting : shown) {
        list.addObject()
            .put("setting", setting.key())
            .put("value", setting.value())
            .put("from", setting.origin());
      }
      return data;
    }
  }
}
