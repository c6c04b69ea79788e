package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.LedgerVersion;
import io.afp.core.settings.ServingSettings;
import io.afp.core.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at everything that a run needs, by trying it. */
final class Doctor {

  private static final int JAVA = 17;
  private static final int POSTGRES = 15;
  private static final long MIB = 1024L * 1024;
  private static final long NEEDED_MIB = 200;
  private static final long WANTED_MIB = 2048;
  private static final String LOCAL = "file://";
  private static final String REPAIR =
      "Run `./mvnw -DskipTests package` in a clone; else unpack the distribution again.";
  private static final Pattern SPARK_JAR = Pattern.compile("spark-core_[\\d.]+-(.+?)\\.jar");

  private final Settings settings;

  Doctor(Settings settings) {
    this.settings = settings;
  }

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(disk("disk of .afp", settings.home()));
    findings.add(warehouse());
    findings.addAll(jars());
    findings.addAll(ports());
    findings.addAll(postgres());
    if (hasOwnServing()) {
      findings.add(serving());
    }
    return findings;
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    return feature == JAVA
        ? Finding.ok("java", Build.java())
        : Finding.warning(
            "java",
            "AFP and Spark are tried with Java %d only (version=%s)".formatted(JAVA, Build.java()),
            "Let JAVA_HOME name a JDK %d.".formatted(JAVA));
  }

  private Finding warehouse() {
    String address = settings.lake().warehouse();
    return address.startsWith(LOCAL)
        ? disk("warehouse", Path.of(address.substring(LOCAL.length())))
        : Finding.ok("warehouse", address + " (not looked at)");
  }

  private static Finding disk(String part, Path folder) {
    Path existing = folder;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return Finding.wrong(
          part,
          "Cannot write there: it is not a folder that this account may write (folder=%s)"
              .formatted(existing),
          "Give the account the right to write there.");
    }
    try {
      return room(part, existing, Files.getFileStore(existing).getUsableSpace() / MIB);
    } catch (IOException e) {
      return Finding.warning(part, "Cannot ask how much room there is: " + e, "Look for yourself.");
    }
  }

  private static Finding room(String part, Path folder, long mib) {
    String detail = "%s MiB free".formatted(Cell.number(mib));
    if (mib >= WANTED_MIB) {
      return Finding.ok(part, detail);
    }
    String full = "The disk is nearly full: %s (folder=%s)".formatted(detail, folder);
    return mib < NEEDED_MIB
        ? Finding.wrong(part, full, "Make room.")
        : Finding.warning(part, full, "Make room.");
  }

  private static List<Finding> jars() {
    try {
      DriverFiles files = DriverFiles.find();
      String[] classPath = files.sparkClassPath().split(File.pathSeparator);
      List<String> missing =
          Stream.of(classPath).filter(entry -> !Files.exists(Path.of(entry))).toList();
      if (!missing.isEmpty()) {
        return List.of(
            Finding.wrong(
                "driver",
                "Cannot start a driver: %d of its %d jars are not there (such as=%s)"
                    .formatted(missing.size(), classPath.length, missing.get(0)),
                REPAIR));
      }
      String detail =
          "%s, and %d jars of Spark".formatted(files.jobJar().getFileName(), classPath.length);
      return List.of(Finding.ok("driver", detail), spark(files.sparkClassPath()));
    } catch (AfpException e) {
      return List.of(Finding.wrong("driver", e));
    }
  }

  private static Finding spark(String classPath) {
    String needed = Build.read().spark();
    String found =
        SPARK_JAR.matcher(classPath).results().map(MatchResult::group).findFirst().orElse("none");
    return found.endsWith("-" + needed + ".jar")
        ? Finding.ok("spark", needed)
        : Finding.wrong(
            "spark",
            "The jars are not those of Spark %s (found=%s)".formatted(needed, found),
            REPAIR);
  }

  private List<Finding> ports() {
    List<Finding> findings = new ArrayList<>();
    findings.add(port("loopback", 0));
    settings.spark().entrySet().stream()
        .filter(e -> e.getKey().endsWith(".port") && e.getValue().matches("[1-9]\\d{0,4}"))
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> findings.add(port(e.getKey(), Integer.parseInt(e.getValue()))));
    return findings;
  }

  @SuppressWarnings("try") // the port is held, not used
  private static Finding port(String part, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return Finding.ok(part, port == 0 ? "ports can be bound" : "port " + port + " is free");
    } catch (IOException | IllegalArgumentException e) {
      String detail = "Cannot bind a port: %s (port=%d)".formatted(e.getMessage(), port);
      return port == 0
          ? Finding.wrong(part, detail, "Allow programs to listen on 127.0.0.1.")
          : Finding.warning(part, detail, "Stop what has it, or leave the setting out.");
    }
  }

  private List<Finding> postgres() {
    try (Ledger ledger = Ledger.connect(settings, "afp/doctor")) {
      return List.of(version("postgres", ledger.database()), ledger(ledger.database()));
    } catch (AfpException e) {
      return List.of(Finding.wrong("postgres", e));
    }
  }

  private static Finding version(String part, Database database) {
    int number = ask(database, "SELECT current_setting('server_version_num')::int", Integer.class);
    String name = ask(database, "SELECT current_setting('server_version')", String.class);
    return number / 10_000 >= POSTGRES
        ? Finding.ok(part, name)
        : Finding.wrong(
            part,
            "Postgres is too old (version=%s, needed=%d)".formatted(name, POSTGRES),
            "Use Postgres %d or newer.".formatted(POSTGRES));
  }

  private static <T> T ask(Database database, String sql, Class<T> type) {
    return database.inTransaction(handle -> handle.createQuery(sql).mapTo(type).one());
  }

  /** The embedded one is brought to its version by the next command. */
  private Finding ledger(Database database) {
    int found = LedgerVersion.found(database);
    if (settings.lake().isEmbedded() && found < LedgerVersion.CURRENT) {
      return Finding.ok("ledger", "will be made by the next command");
    }
    try {
      LedgerVersion.require(database);
      return Finding.ok("ledger", "version " + found);
    } catch (AfpException e) {
      return Finding.wrong("ledger", e);
    }
  }

  private boolean hasOwnServing() {
    return settings.origins().containsKey("serving.uri");
  }

  private Finding serving() {
    ServingSettings serving = settings.serving();
    Database.Account account =
        new Database.Account(serving.uri().orElseThrow(), serving.user(), serving.password());
    try (Database database = Database.open(account, "afp/doctor")) {
      return version("serving", database);
    } catch (AfpException e) {
      return Finding.wrong("serving", e);
    }
  }
}
