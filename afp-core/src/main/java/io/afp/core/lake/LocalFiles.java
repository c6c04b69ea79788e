package io.afp.core.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local files, with permissions that Java sets: Hadoop without its native library starts a
 * process {@code chmod} for each file and folder, some ten for a commit to a table.
 */
final class LocalFiles extends LocalFileSystem {

  LocalFiles() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {

    private static final int SPECIAL = 07000;

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      java.nio.file.Path file = pathToFile(path).toPath();
      if (permission.getStickyBit() || isSpecial(file)) {
        super.setPermission(path, permission);
      } else {
        Files.setPosixFilePermissions(file, posix(permission));
      }
    }

    /** Whether it has bits that Java would clear: a folder whose group is that of its files. */
    private static boolean isSpecial(java.nio.file.Path file) throws IOException {
      return !file.getFileSystem().supportedFileAttributeViews().contains("unix")
          || ((int) Files.getAttribute(file, "unix:mode") & SPECIAL) != 0;
    }

    private static Set<PosixFilePermission> posix(FsPermission permission) {
      return PosixFilePermissions.fromString(
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL);
    }
  }
}
