package io.afp.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.s3.Door.Answer;
import io.afp.s3.Door.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command and its drivers, on an S3 server: with the jars that they take themselves. */
@Tag("long")
final class S3CommandIT extends ShopTests {

  private static final Path AFP = Path.of("..").toAbsolutePath().normalize();

  private record Ended(int exitCode, String said) {}

  @Test
  void aRunWorksAndNoFileThatItLeavesHasAKeyInIt() throws IOException {
    Path events = Files.createDirectory(folder.resolve("events"));
    shop.settings(
        "s3://" + shop.lake() + "/warehouse",
        S3Server.ACCESS_KEY,
        S3Server.SECRET_KEY,
        "  eventLog.enabled: \"true\"\n  eventLog.dir: \"%s\"".formatted(events.toUri()));

    Ended run = afp("run", "shop", "--interval", "2024-01");
    assertThat(run.exitCode()).as(run.said()).isZero();
    Ended config = afp("config", "show");
    assertThat(config.said()).contains("s3.secret_key", "******");
    door.instead(asked -> Optional.of(Answer.error(403, "AccessDenied", "Access Denied")));
    Ended denied = afp("run", "shop", "--interval", "2024-01", "--restate");
    assertThat(denied.exitCode()).as(denied.said()).isEqualTo(77);

    for (Ended ended : List.of(run, config, denied)) {
      assertThat(ended.said()).doesNotContain(S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    }
    List<Path> left = files();
    assertThat(left).anyMatch(file -> file.startsWith(events));
    assertThat(left).anyMatch(file -> file.toString().endsWith(".log"));
    for (Path file : left) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      for (String key : List.of(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)) {
        assertThat(text.contains(key)).as("a key is in %s", file).isFalse();
      }
    }
  }

  /** All but the settings, which the test wrote itself. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(file -> !file.endsWith("afp.yaml")).toList();
    }
  }

  @Test
  void theDoctorTriesTheBucketsByNamesAlone() {
    door.taken();

    Ended well = afp("doctor");

    assertThat(well.exitCode()).as(well.said()).isZero();
    assertThat(well.said())
        .contains("s3a://" + shop.lake() + "/warehouse", "s3a://" + shop.sources() + "/orders/");
    assertThat(door.taken()).isNotEmpty().noneMatch(Asked::isRead);
  }

  @Test
  void theDoctorSaysWhichBucketIsMissing() {
    shop.settings("s3a://nobody-made-this/warehouse", S3Server.ACCESS_KEY, S3Server.SECRET_KEY, "");

    Ended ill = afp("doctor");

    assertThat(ill.exitCode()).as(ill.said()).isEqualTo(78);
    assertThat(ill.said()).contains("nobody-made-this").contains("Make the bucket");
  }

  @Test
  void theDoctorSaysThatTheKeysAreRefusedAndThatNothingAnswers() {
    shop.settings(S3Server.ACCESS_KEY, "another");
    Ended denied = afp("doctor");
    assertThat(denied.exitCode()).as(denied.said()).isEqualTo(77);
    assertThat(denied.said()).doesNotContain(S3Server.ACCESS_KEY);

    door.close();
    Ended silent = afp("doctor");
    assertThat(silent.exitCode()).as(silent.said()).isEqualTo(69);
    assertThat(silent.said()).contains("s3.endpoint");
  }

  @Test
  void aSourceInS3OfAProjectThatDoesNotSaySoNamesTheLineToWrite() throws IOException {
    String yaml = Files.readString(folder.resolve("afp.yaml"));
    shop.write(
        "afp.yaml",
        yaml.replaceFirst("s3: .*\n", "")
            .replaceFirst("warehouse: \"[^\"]*\"", "warehouse: \"warehouse\""));

    Ended refused = afp("run", "shop", "--interval", "2024-01");

    assertThat(refused.exitCode()).as(refused.said()).isEqualTo(78);
    assertThat(refused.said()).contains("AFP-LAKE-012", "s3: {}");
  }

  private Ended afp(String... arguments) {
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dafp.home=" + AFP));
      command.addAll(List.of("-cp", classPath(), "io.afp.cli.Afp"));
      command.addAll(List.of(arguments));
      Path said = Files.createTempFile("afp", ".txt");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      return new Ended(process.waitFor(), Files.readString(said));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String classPath() throws IOException {
    Path target = AFP.resolve("afp-cli/target");
    try (Stream<Path> jars = Files.list(target)) {
      Path jar =
          jars.filter(file -> file.getFileName().toString().matches("afp-cli-.*\\.jar"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("the command is not packaged"));
      return jar + ":" + Files.readString(target.resolve("cli.classpath")).strip();
    }
  }
}
