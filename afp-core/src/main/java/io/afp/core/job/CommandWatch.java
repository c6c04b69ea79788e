package io.afp.core.job;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a driver whose command is gone, as an interrupt would: nobody waits for it any more, and the
 * next command may stop the embedded Postgres under it.
 */
final class CommandWatch {

  private static final Logger log = LoggerFactory.getLogger(CommandWatch.class);

  /** Has the id of the command's process; nothing where spark-submit started the driver. */
  private static final String COMMAND = "afp.command-pid";

  private static final int TERMINATED = 143;

  private CommandWatch() {}

  static void start() {
    Optional.ofNullable(System.getProperty(COMMAND))
        .map(Long::valueOf)
        .ifPresent(
            pid ->
                ProcessHandle.of(pid)
                    .ifPresentOrElse(
                        command -> command.onExit().thenRun(CommandWatch::end), CommandWatch::end));
  }

  private static void end() {
    log.warn("The command that started this driver has ended without it");
    System.exit(TERMINATED);
  }
}
