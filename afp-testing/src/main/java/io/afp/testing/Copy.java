package io.afp.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** A folder with what AFP reads of a project. */
record Copy(Path root) {

  private static final Set<String> OF_THE_BUILD = Set.of("src", "target");

  static Copy of(Path original) throws IOException {
    Path root = Files.createTempDirectory("afp-project-").toRealPath();
    Files.walkFileTree(original, new Copying(original, root));
    return new Copy(root);
  }

  void delete() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private static final class Copying extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copying(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      Path path = from.relativize(folder);
      if (!folder.equals(from) && isLeftOut(path)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectories(to.resolve(path));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!isHidden(file)) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
      return FileVisitResult.CONTINUE;
    }

    /** A folder {@code src} further down may be one of a pipeline. */
    private static boolean isLeftOut(Path folder) {
      return isHidden(folder)
          || folder.getNameCount() == 1 && OF_THE_BUILD.contains(folder.toString());
    }

    private static boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }
  }
}
