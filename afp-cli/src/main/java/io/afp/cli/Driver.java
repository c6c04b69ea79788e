package io.afp.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.afp.core.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Spark driver as a process of its own, through the class that spark-submit runs.
 *
 * <p>Its log goes to a file, its progress to the user, its result comes back as a document. It is
 * closed when the command has said that result, so that an interrupted command can say it too.
 */
final class Driver implements AutoCloseable {

  private static final String PROGRESS = "io.afp.progress";
  private static final String MASTER = "spark.master";
  private static final String MEMORY = "spark.driver.memory";
  private static final String OPTIONS = "spark.driver.extraJavaOptions";

  private final Settings settings;
  private final Path log;
  private final Path report;
  private final Progress progress;
  private Goodbye goodbye;

  /**
   * A driver of a project.
   *
   * @param id what names its files
   */
  Driver(Settings settings, String id, Progress progress) {
    this.settings = settings;
    this.log = settings.home().resolve("logs").resolve(id + ".log");
    this.report =
        settings
            .home()
            .resolve("tmp")
            .resolve("%s-%d.json".formatted(id, ProcessHandle.current().pid()));
    this.progress = progress;
  }

  /** Runs a job to its end. */
  DriverEnd run(String mainClass, String correlationId, List<String> arguments) {
    try {
      Files.createDirectories(log.getParent());
      Files.createDirectories(report.getParent());
      Files.deleteIfExists(report);
      Process process =
          new ProcessBuilder(command(mainClass, correlationId, arguments))
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .start();
      goodbye = Goodbye.to(process);
      follow(process);
      int code = process.waitFor();
      return new DriverEnd(code, document(report), goodbye.interrupted(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<String> command(String mainClass, String correlationId, List<String> arguments)
      throws IOException {
    DriverFiles files = DriverFiles.find();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(DriverFiles.jvmOptions());
    Map<String, String> spark = new TreeMap<>(defaults(settings));
    spark.putAll(settings.spark());
    command.add("-Xmx" + spark.get(MEMORY));
    command.addAll(words(spark.getOrDefault(OPTIONS, "")));
    command.add("-Dafp.correlation-id=" + correlationId);
    command.add("-Dafp.command-pid=" + ProcessHandle.current().pid());
    command.add("-Dlog4j2.configurationFile=" + logConfiguration().toUri());
    DriverJars jars = DriverJars.of(settings, files, spark.get(MASTER));
    command.addAll(List.of("-cp", jars.classPath()));
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--class", mainClass));
    command.addAll(List.of("--master", spark.get(MASTER)));
    command.addAll(conf());
    if (!jars.added().isEmpty()) {
      command.addAll(List.of("--jars", String.join(",", jars.added())));
    }
    command.add(files.jobJar().toString());
    command.addAll(arguments);
    command.addAll(List.of("--project", settings.root().toString()));
    settings.environment().ifPresent(name -> command.addAll(List.of("--env", name)));
    command.addAll(List.of("--report", report.toString()));
    return command;
  }

  private static List<String> words(String text) {
    return Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  /**
   * What a driver gets where the project does not say otherwise, for a laptop: what the project
   * says the driver reads itself. Executors on other machines have to reach it, so only one whose
   * tasks are here hides behind the loopback address.
   */
  static Map<String, String> defaults(Settings settings) {
    Map<String, String> defaults = new TreeMap<>();
    defaults.put(MASTER, "local[*]");
    defaults.put(MEMORY, "2g");
    defaults.put("spark.ui.enabled", "false");
    if (settings.spark().getOrDefault(MASTER, "local").startsWith("local")) {
      defaults.put("spark.driver.host", "127.0.0.1");
      defaults.put("spark.driver.bindAddress", "127.0.0.1");
    }
    defaults.put("spark.sql.shuffle.partitions", "8");
    defaults.put("spark.sql.warehouse.dir", sparkFolder(settings));
    defaults.keySet().removeAll(settings.spark().keySet());
    return defaults;
  }

  /**
   * Spark makes a folder for tables of its own, of which there are none; else in the working
   * directory.
   */
  private static String sparkFolder(Settings settings) {
    return settings.home().resolve("tmp").resolve("spark-warehouse").toString();
  }

  private List<String> conf() {
    return defaults(settings).entrySet().stream()
        .flatMap(e -> Stream.of("--conf", e.getKey() + "=" + e.getValue()))
        .toList();
  }

  private Path logConfiguration() throws IOException {
    Path file = settings.home().resolve("log4j2.properties");
    try (InputStream in = Driver.class.getResourceAsStream("/log4j2.properties")) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private void follow(Process process) throws IOException {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        DriverLog copy = DriverLog.open(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line);
        show(line);
      }
    } finally {
      progress.end();
    }
  }

  private void show(String line) {
    if (line.contains(PROGRESS)) {
      try {
        progress.show(Output.JSON.readTree(line).path("message").asText());
      } catch (JsonProcessingException e) {
        progress.show(line);
      }
    }
  }

  /** Takes a report; empty also for half of one, which a driver leaves that ends meanwhile. */
  static Optional<JsonNode> document(Path report) throws IOException {
    if (!Files.exists(report)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(report);
    Files.delete(report);
    try {
      return Optional.of(Output.JSON.readTree(bytes)).filter(document -> document.has("exit"));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    if (goodbye != null) {
      goodbye.close();
    }
  }
}
