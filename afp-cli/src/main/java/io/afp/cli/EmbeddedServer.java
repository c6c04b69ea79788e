package io.afp.cli;

import com.sun.security.auth.module.UnixSystem;
import io.afp.agentic.command.CommandRun;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The embedded Postgres of a project, while a command uses it.
 *
 * <p>Several commands share one server. Each holds a shared lock on a file, which the operating
 * system drops when a process dies; the one that finds itself the last stops the server, unless
 * {@code afp db start} asked to keep it. A server that was left running is attached to, and one
 * that was killed is started again on its data.
 */
final class EmbeddedServer implements AutoCloseable {

  private final EmbeddedPostgres postgres;
  private final PostgresBinaries binaries;
  private final FileChannel users;
  private final FileLock use;
  private final Thread hook = new Thread(this::closeAfterDrivers, "afp-postgres");
  private boolean closed;

  private EmbeddedServer(EmbeddedPostgres postgres, FileChannel users, FileLock use) {
    this.postgres = postgres;
    this.binaries = new PostgresBinaries(postgres.home());
    this.users = users;
    this.use = use;
  }

  /** Uses the server of a project; starts it if it does not run. */
  @SuppressWarnings("try") // the lock is held, not called
  static EmbeddedServer use(Path afpHome) {
    EmbeddedPostgres postgres = new EmbeddedPostgres(afpHome);
    try {
      Files.createDirectories(postgres.home());
      try (FileChannel gate = open(postgres.home().resolve("gate.lock"));
          FileLock alone = gate.lock()) {
        FileChannel users = open(postgres.home().resolve("users.lock"));
        FileLock use = users.lock(0, Long.MAX_VALUE, true);
        EmbeddedServer server = new EmbeddedServer(postgres, users, use);
        server.startIfNeeded();
        Runtime.getRuntime().addShutdownHook(server.hook);
        return server;
      }
    } catch (IOException e) {
      throw failed(postgres, "it can't use its folder: " + e, e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** How to connect. */
  Database.Account account() {
    return postgres
        .live()
        .orElseThrow(() -> failed(postgres, "it has stopped; see " + serverLog(), null));
  }

  private Path serverLog() {
    return postgres.home().resolve("postgres.log");
  }

  private void startIfNeeded() throws IOException {
    Optional<Database.Account> live = postgres.live();
    if (live.isPresent() && answers(live.get())) {
      return;
    }
    if (!Files.exists(postgres.data())) {
      initialize();
    }
    forgetKilledServer();
    start();
  }

  /**
   * Postgres takes any process that has the number of a killed server for that server, and does not
   * start.
   */
  private void forgetKilledServer() throws IOException {
    Path file = postgres.data().resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    long number = Long.parseLong(Files.readAllLines(file).get(0).strip());
    Path programs = postgres.home().toRealPath();
    boolean ours =
        ProcessHandle.of(number)
            .flatMap(process -> process.info().command())
            .filter(program -> Path.of(program).startsWith(programs))
            .isPresent();
    if (!ours) {
      Files.delete(file);
    }
  }

  private static boolean answers(Database.Account account) {
    try (Database database = Database.open(account, "afp/probe")) {
      database.inTransaction(handle -> handle.execute("SELECT 1"));
      return true;
    } catch (AfpException e) {
      return false; // the process id of a killed server may belong to another program by now
    }
  }

  /** Made beside and moved when it is whole, so that a killed command leaves no half of it. */
  private void initialize() throws IOException {
    System.err.println("Setting up Postgres in " + postgres.home());
    writePassword();
    Path fresh = postgres.home().resolve("data.new");
    deleteTree(fresh);
    run(
        List.of(
            binaries.program("initdb"),
            "--pgdata=" + fresh,
            "--username=" + EmbeddedPostgres.USER,
            "--pwfile=" + postgres.password(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8"));
    Files.move(fresh, postgres.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void writePassword() throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Files.deleteIfExists(postgres.password());
    Files.createFile(
        postgres.password(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(postgres.password(), HexFormat.of().formatHex(random) + "\n");
  }

  private void start() throws IOException {
    String options =
        "-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories=''"
            .formatted(freePort());
    run(
        List.of(
            binaries.program("pg_ctl"),
            "start",
            "--wait",
            "--timeout=120",
            "--pgdata=" + postgres.data(),
            "--log=" + serverLog(),
            "--options=" + options));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void stop() throws IOException {
    run(
        List.of(
            binaries.program("pg_ctl"),
            "stop",
            "--mode=fast",
            "--wait",
            "--pgdata=" + postgres.data()));
  }

  /** Output goes to a file: the server inherits it and would keep a pipe open for ever. */
  private void run(List<String> command) throws IOException {
    Path output = postgres.home().resolve("setup.log");
    List<String> words = new ArrayList<>(prefix());
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().remove(CommandRun.MARK); // it is not the server of one command
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw failed(postgres, Files.readString(output).strip(), null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(postgres, "interrupted", e);
    }
  }

  /** Postgres refuses to run as root; in a user namespace of its own it is nobody in particular. */
  private static List<String> prefix() {
    return new UnixSystem().getUid() == 0 ? List.of("unshare", "--user") : List.of();
  }

  /** Keeps the server running after the command. */
  void keep() {
    write(keepFile(), "");
  }

  /** Lets the last command stop the server again. */
  void letGo() {
    try {
      Files.deleteIfExists(keepFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path keepFile() {
    return postgres.home().resolve("keep");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * When the command is interrupted its drivers still need the server to leave their runs in order,
   * and the command to ask how they ended.
   */
  private void closeAfterDrivers() {
    ProcessHandle.current().children().forEach(driver -> driver.onExit().join());
    Goodbye.await();
    close();
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the command is being interrupted, and this is the hook
    }
  }

  /** Stops the server if nobody else uses it. */
  @SuppressWarnings("try") // the lock is held, not called
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    forgetHook();
    try (FileChannel gate = open(postgres.home().resolve("gate.lock"));
        FileLock alone = gate.lock()) {
      use.release();
      try (FileLock last = users.tryLock()) {
        if (last != null && !Files.exists(keepFile())) {
          stop();
        }
      }
      users.close();
    } catch (IOException e) {
      throw failed(postgres, "it can't be stopped: " + e.getMessage(), e);
    }
  }

  private static AfpException failed(EmbeddedPostgres postgres, String reason, Exception cause) {
    return new AfpException(
        ErrorCode.EMBEDDED_POSTGRES,
        "Cannot run the embedded Postgres: %s (folder=%s)".formatted(reason, postgres.home()),
        "See postgres.log there; to use your own Postgres, name it in afp.yaml (lake.uri).",
        cause);
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
