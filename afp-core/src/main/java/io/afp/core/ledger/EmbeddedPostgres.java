package io.afp.core.ledger;

import io.afp.core.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the embedded Postgres of a project is, and how to reach it while it runs.
 *
 * <p>Starting and stopping it is the business of the command; a driver only attaches to a live one.
 */
public final class EmbeddedPostgres {

  /** The superuser of the embedded server, which listens on loopback only. */
  public static final String USER = "postgres";

  private static final int PORT_LINE = 3;

  private final Path home;

  /**
   * The embedded server of a project.
   *
   * @param afpHome the folder {@code .afp} of the project
   */
  public EmbeddedPostgres(Path afpHome) {
    this.home = afpHome.resolve("postgres");
  }

  /** The folder of everything that belongs to the server. */
  public Path home() {
    return home;
  }

  /** The file with the password of the superuser, readable by its owner only. */
  public Path password() {
    return home.resolve("password");
  }

  /** The data of the server. */
  public Path data() {
    return home.resolve("data");
  }

  /**
   * The account to use, if the server runs. A stale file of a server that was killed is seen as
   * such.
   */
  public Optional<Database.Account> live() {
    Path pidFile = data().resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(pidFile);
      boolean ready = lines.size() > 7 && lines.get(7).strip().equals("ready");
      return ready && alive(lines.get(0)) ? Optional.of(account(lines)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean alive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid.strip())).filter(ProcessHandle::isAlive).isPresent();
  }

  private Database.Account account(List<String> pidFile) throws IOException {
    int port = Integer.parseInt(pidFile.get(PORT_LINE).strip());
    return new Database.Account(
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
        Optional.of(USER),
        Optional.of(Secret.of(Files.readString(password()).strip())));
  }
}
