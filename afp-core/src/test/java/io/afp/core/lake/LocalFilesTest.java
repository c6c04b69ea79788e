package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

  @TempDir private java.nio.file.Path folder;

  @Test
  void filesAndFoldersHaveThePermissionsThatHadoopGivesThem() throws IOException {
    try (FileSystem files = files()) {
      files.create(path("a/b.txt")).close();
      assertThat(permissions("a")).isEqualTo("rwxr-x---");
      assertThat(permissions("a/b.txt")).isEqualTo("rw-r-----");
      assertThat(permissions("a/.b.txt.crc")).isEqualTo("rw-r-----");
      files.setPermission(path("a/b.txt"), new FsPermission((short) 0604));
      assertThat(permissions("a/b.txt")).isEqualTo("rw----r--");
    }
  }

  @Test
  void theStickyBitOfAFolderIsSetToo() throws IOException {
    try (FileSystem files = files()) {
      files.mkdirs(path("a"));
      files.setPermission(path("a"), new FsPermission((short) 01777));
      assertThat(files.getFileStatus(path("a")).getPermission().toShort()).isEqualTo((short) 01777);
    }
  }

  @Test
  void aFolderOfAGroupStaysOneWithItsFolders() throws IOException {
    Files.createDirectory(folder.resolve("a"));
    Files.setAttribute(folder.resolve("a"), "unix:mode", 02770);
    try (FileSystem files = files()) {
      files.mkdirs(path("a/b"));
      assertThat((int) Files.getAttribute(folder.resolve("a/b"), "unix:mode") & 07777)
          .isEqualTo(02750);
    }
  }

  @Test
  void theyAreReachedWhereSparkIsInThisProcessAndNoOtherClassIsNamed() {
    assertThat(implementation("local", "")).isEqualTo(LocalFiles.class.getName());
    assertThat(implementation("local[2]", "")).isEqualTo(LocalFiles.class.getName());
    assertThat(implementation("local[2]", "other")).isEqualTo("other");
    assertThat(implementation("local-cluster[1,1,1024]", "")).isNull();
    assertThat(implementation("yarn", "")).isNull();
  }

  private static String implementation(String master, String named) {
    Configuration hadoop = new Configuration(false);
    if (!named.isEmpty()) {
      hadoop.set("fs.file.impl", named);
    }
    LakeFiles.reachLocal(master, hadoop);
    return hadoop.get("fs.file.impl");
  }

  private static FileSystem files() throws IOException {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.permissions.umask-mode", "027");
    LocalFiles files = new LocalFiles();
    files.initialize(URI.create("file:///"), hadoop);
    return files;
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
