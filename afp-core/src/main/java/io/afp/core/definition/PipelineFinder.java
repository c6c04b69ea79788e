package io.afp.core.definition;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks a project and remembers the folders of pipelines; one pipeline can't lie in another. A
 * folder below it with settings of its own is another project.
 */
final class PipelineFinder extends SimpleFileVisitor<Path> {

  private final Project project;
  private final List<Path> found = new ArrayList<>();

  PipelineFinder(Project project) {
    this.project = project;
  }

  List<Path> found() {
    return found.stream().sorted().toList();
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (isSkipped(folder) || isAnotherProject(folder)) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    if (Files.isRegularFile(folder.resolve(Project.PIPELINE_FILE))) {
      found.add(folder);
      return FileVisitResult.SKIP_SUBTREE;
    }
    return FileVisitResult.CONTINUE;
  }

  private static boolean isSkipped(Path folder) {
    String name = folder.getFileName() == null ? "" : folder.getFileName().toString();
    return name.startsWith(".") || name.equals("target");
  }

  private boolean isAnotherProject(Path folder) {
    Project other = new Project(folder);
    return !other.equals(project) && Files.isRegularFile(other.settingsFile());
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException reason) {
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, IOException reason) {
    return FileVisitResult.CONTINUE;
  }
}
