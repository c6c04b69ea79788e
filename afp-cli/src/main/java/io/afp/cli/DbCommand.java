package io.afp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.error.AfpException;
import io.afp.core.error.Count;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.ledger.Database;
import io.afp.core.ledger.EmbeddedPostgres;
import io.afp.core.settings.Addresses;
import io.afp.core.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The Postgres of a project. */
@Command(
    name = "db",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The Postgres of the project.",
    subcommands = {
      DbCommand.Start.class,
      DbCommand.Stop.class,
      DbCommand.Url.class,
      DbCommand.Migrate.class
    })
final class DbCommand {

  private static final Problem NOT_RUNNING =
      Problem.error(
          ErrorCode.EMBEDDED_POSTGRES,
          "Cannot print the address: the embedded Postgres is not running",
          Location.nowhere(),
          "Start it by `afp db start`, which keeps it running.");

  @Mixin CommonOptions options;

  /** Starts the embedded server and keeps it running. */
  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts the embedded Postgres and keeps it running until `afp db stop`.")
  static final class Start implements Callable<Integer> {
    @Mixin CommonOptions options;

    @Override
    public Integer call() {
      Settings settings = embedded(options);
      try (EmbeddedServer server = EmbeddedServer.use(settings.home())) {
        server.keep();
        Ledger.migrate(server.account());
        return success(options, "db start", Optional.of(server.account()), "");
      }
    }
  }

  /** Stops the embedded server. */
  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Stops the embedded Postgres when no command uses it any more.")
  static final class Stop implements Callable<Integer> {
    @Mixin CommonOptions options;

    @Override
    public Integer call() {
      Settings settings = embedded(options);
      boolean runs = new EmbeddedPostgres(settings.home()).live().isPresent();
      if (runs) {
        try (EmbeddedServer server = EmbeddedServer.use(settings.home())) {
          server.letGo();
        }
      }
      Optional<Database.Account> left = new EmbeddedPostgres(settings.home()).live();
      String end = runs ? "Postgres is stopped" : "Postgres is not running";
      return success(options, "db stop", left, end);
    }
  }

  /** Says how to connect. */
  @Command(
      name = "url",
      mixinStandardHelpOptions = true,
      description =
          "Prints the address of the Postgres, without a password; fails while the embedded one does not run.")
  static final class Url implements Callable<Integer> {
    @Mixin CommonOptions options;

    @Override
    public Integer call() {
      Settings settings = options.settings(options.project());
      Optional<Database.Account> account =
          settings.lake().isEmbedded()
              ? new EmbeddedPostgres(settings.home()).live()
              : Optional.of(Ledger.account(settings));
      return account.isPresent() ? success(options, "db url", account, "") : notRunning();
    }

    /** Not on stdout, where it would be taken for an address. */
    private int notRunning() {
      int exitCode = NOT_RUNNING.code().category().exitCode();
      return options
          .output("db url")
          .end(exitCode, "", json(Optional.empty()), List.of(NOT_RUNNING));
    }
  }

  /** Brings the ledger to the version of this AFP. */
  @Command(
      name = "migrate",
      mixinStandardHelpOptions = true,
      description = "Creates the ledger, or brings it to the version of this AFP.")
  static final class Migrate implements Callable<Integer> {
    @Mixin CommonOptions options;

    @Override
    public Integer call() {
      Settings settings = options.settings(options.project());
      int applied = applied(settings);
      ObjectNode data = Output.JSON.createObjectNode().put("applied", applied);
      String text =
          applied == 0 ? "The ledger is up to date" : Count.of(applied, "migration") + " applied";
      return options.output("db migrate").success(text, data, List.of());
    }

    private static int applied(Settings settings) {
      if (!settings.lake().isEmbedded()) {
        return Ledger.migrate(Ledger.account(settings));
      }
      try (EmbeddedServer server = EmbeddedServer.use(settings.home())) {
        return Ledger.migrate(server.account());
      }
    }
  }

  private static Settings embedded(CommonOptions options) {
    Settings settings = options.settings(options.project());
    if (!settings.lake().isEmbedded()) {
      throw new AfpException(
          ErrorCode.SETTING_WRONG,
          "Cannot start or stop Postgres: the project has its own (lake.uri is set)",
          "Start and stop it as you do elsewhere.");
    }
    return settings;
  }

  private static int success(
      CommonOptions options, String command, Optional<Database.Account> account, String otherwise) {
    String text = account.map(DbCommand::address).orElse(otherwise);
    return options.output(command).success(text, json(account), List.of());
  }

  private static String address(Database.Account account) {
    return Addresses.withoutSecrets(account.uri(), account.user());
  }

  private static ObjectNode json(Optional<Database.Account> account) {
    return Output.JSON
        .createObjectNode()
        .put("running", account.isPresent())
        .put("url", account.map(DbCommand::address).orElse(null))
        .put("user", account.flatMap(Database.Account::user).orElse(null));
  }
}
