package io.afp.ingestion.csv;

import io.afp.ingestion.text.TextFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of a path of Spark: a file, a folder with all below it, or a pattern of these. */
final class FoundFiles {

  private FoundFiles() {}

  static List<FoundFile> of(Configuration hadoop, String pattern) {
    try {
      Path path = new Path(pattern);
      FileSystem system = path.getFileSystem(hadoop);
      FileStatus[] matching = system.globStatus(path);
      List<FoundFile> found = new ArrayList<>();
      for (FileStatus each : matching == null ? new FileStatus[0] : matching) {
        if (each.getPath().getName().equals(path.getName())
            || !TextFiles.isHidden(each.getPath())) {
          add(system, each, found);
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(FileSystem system, FileStatus status, List<FoundFile> found)
      throws IOException {
    if (status.isFile()) {
      found.add(new FoundFile(status));
      return;
    }
    for (FileStatus each : system.listStatus(status.getPath())) {
      if (!TextFiles.isHidden(each.getPath())) {
        add(system, each, found);
      }
    }
  }
}
