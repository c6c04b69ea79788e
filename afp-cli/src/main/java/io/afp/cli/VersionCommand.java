package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.settings.Build;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which versions are at work. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Prints the versions of AFP, Java, Spark and Iceberg.")
final class VersionCommand implements Callable<Integer> {

  @Mixin CommonOptions options;

  @Override
  public Integer call() {
    Build build = Build.read();
    ObjectNode data = Output.JSON.createObjectNode();
    data.put("afp", build.afp())
        .put("java", Build.java())
        .put("spark", build.spark())
        .put("iceberg", build.iceberg());
    String text =
        "afp %s, Java %s, Spark %s, Iceberg %s"
            .formatted(build.afp(), Build.java(), build.spark(), build.iceberg());
    return options.output("version").success(text, data, List.of());
  }
}
