package io.afp.ingestion.file;

import io.afp.core.error.AfpException;
import io.afp.ingestion.csv.FoundFile;
import io.afp.ingestion.text.TextFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * Lists files by many patterns, such as those of each day of a year. A folder that several of them
 * look into is listed once, and each pattern looks only at names that begin as it does. What it
 * knows is as old as it is.
 */
final class FileListing {

  /** So many files of a folder are asked for one by one before the folder is listed instead. */
  private static final int FEW = 8;

  private final Configuration hadoop;
  private final Map<Path, NavigableMap<String, FileStatus>> folders = new HashMap<>();
  private final Map<Path, Integer> asked = new HashMap<>();

  FileListing(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** The files of a pattern, in the order of their paths. */
  List<FileStatus> matching(String pattern) throws IOException {
    Path path = new Path(pattern);
    Path folder = path.getParent();
    Stream<FileStatus> found =
        folder == null || isPattern(folder.toString()) ? globbed(path) : inFolder(path);
    return found
        .filter(FileStatus::isFile)
        .filter(file -> !TextFiles.isHidden(file.getPath()))
        .sorted(Comparator.comparing(FileStatus::getPath))
        .toList();
  }

  /**
   * The files of addresses, as they are now.
   *
   * @throws AfpException if one of them is gone
   */
  List<FoundFile> found(List<String> addresses) {
    return addresses.stream().map(this::found).toList();
  }

  private FoundFile found(String address) {
    try {
      return matching(SourceFiles.escape(address)).stream()
          .findFirst()
          .map(FoundFile::new)
          .orElseThrow(() -> new FileNotFoundException("it is gone"));
    } catch (IOException e) {
      throw FileFailures.broken(address, e);
    }
  }

  /**
   * Some files of a large folder, each asked for: to list it would take longer.
   *
   * @throws AfpException if one of them is gone
   */
  static List<FoundFile> each(Configuration hadoop, List<String> addresses) {
    return addresses.parallelStream()
        .map(address -> new FileListing(hadoop).found(address))
        .toList();
  }

  private Stream<FileStatus> globbed(Path path) throws IOException {
    FileStatus[] found = path.getFileSystem(hadoop).globStatus(path);
    return found == null ? Stream.of() : Arrays.stream(found);
  }

  private Stream<FileStatus> inFolder(Path path) throws IOException {
    Path folder = new Path(unescaped(path.getParent().toString()));
    String name = path.getName();
    if (!isPattern(name)) {
      return file(folder, unescaped(name));
    }
    GlobFilter filter = new GlobFilter(name);
    String start = unescaped(name.replaceFirst("^((?:\\\\.|[^\\\\*?\\[{])*).*$", "$1"));
    return names(folder).tailMap(start, true).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(start))
        .map(Map.Entry::getValue)
        .filter(file -> filter.accept(file.getPath()));
  }

  private Stream<FileStatus> file(Path folder, String name) throws IOException {
    if (folders.containsKey(folder) || asked.merge(folder, 1, Integer::sum) > FEW) {
      return Stream.ofNullable(names(folder).get(name));
    }
    try {
      Path file = new Path(folder, name);
      return Stream.of(file.getFileSystem(hadoop).getFileStatus(file));
    } catch (FileNotFoundException e) {
      return Stream.of();
    }
  }

  private NavigableMap<String, FileStatus> names(Path folder) throws IOException {
    NavigableMap<String, FileStatus> names = folders.get(folder);
    if (names == null) {
      names = listed(folder);
      folders.put(folder, names);
    }
    return names;
  }

  private NavigableMap<String, FileStatus> listed(Path folder) throws IOException {
    NavigableMap<String, FileStatus> names = new TreeMap<>();
    FileSystem files = folder.getFileSystem(hadoop);
    try {
      for (FileStatus each : files.listStatus(folder)) {
        names.put(each.getPath().getName(), each);
      }
    } catch (FileNotFoundException e) {
      return names; // a folder that is not there has no files
    }
    return names;
  }

  private static boolean isPattern(String text) {
    return text.replaceAll("\\\\.", "").matches(".*[*?\\[{].*");
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }
}
