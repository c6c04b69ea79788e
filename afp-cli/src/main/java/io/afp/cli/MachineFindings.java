package io.afp.cli;

import io.afp.core.settings.Build;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the doctor finds out about Java, disks and ports. */
final class MachineFindings {

  private static final int JAVA = 17;
  private static final long MIB = 1024L * 1024;
  private static final long NEEDED_MIB = 200;
  private static final long WANTED_MIB = 2048;
  private static final String LOCAL = "file://";

  private MachineFindings() {}

  static Finding java(int feature) {
    return feature == JAVA
        ? Finding.ok("java", Build.java())
        : Finding.warning(
            "java",
            "AFP and Spark are tried with Java %d only (version=%s)".formatted(JAVA, Build.java()),
            "Let JAVA_HOME name a JDK %d.".formatted(JAVA));
  }

  static Finding warehouse(String address) {
    return address.startsWith(LOCAL)
        ? disk("warehouse", Path.of(address.substring(LOCAL.length())))
        : Finding.untried("warehouse", address + " is no folder here; a run will try it");
  }

  static Finding disk(String part, Path folder) {
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

  static Finding room(String part, Path folder, long mib) {
    String detail = "%s MiB free".formatted(Cell.number(mib));
    if (mib >= WANTED_MIB) {
      return Finding.ok(part, detail);
    }
    String full = "The disk is nearly full: %s (folder=%s)".formatted(detail, folder);
    return mib < NEEDED_MIB
        ? Finding.wrong(part, full, "Make room.")
        : Finding.warning(part, full, "Make room.");
  }

  /** Port 0 is any. */
  @SuppressWarnings("try") // the port is held, not used
  static Finding port(String part, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return Finding.ok(part, port == 0 ? "ports can be bound" : "port " + port + " is free");
    } catch (IOException | IllegalArgumentException e) {
      String detail = "Cannot bind a port: %s (port=%d)".formatted(e.getMessage(), port);
      return port == 0
          ? Finding.wrong(part, detail, "Allow programs to listen on 127.0.0.1.")
          : Finding.warning(part, detail, "Stop what has it, or leave the setting out.");
    }
  }
}
