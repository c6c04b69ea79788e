package io.afp.core.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A YAML file of the repository, or one that is shown whole on a page of the documentation. */
record Example(YamlFile file, String place, String text) {

  private static final Path ROOT = Path.of("..");

  /** The name of the file stands before the block, or in its first line. */
  private static final Pattern FENCED =
      Pattern.compile(
          "(?m)(?:`(\\S+\\.yaml)`:\\n\\n)?^```yaml\\n((?:# (\\S+\\.yaml)\\n)?(?s:.*?))^```$");

  /** All of them. */
  static List<Example> all() throws IOException {
    return Stream.concat(written(), shown()).toList();
  }

  private static Stream<Example> written() throws IOException {
    return Stream.concat(Stream.of(ROOT.resolve("afp.yaml")), files("afp-examples", ".yaml"))
        .flatMap(
            path ->
                file(path.toString())
                    .map(file -> new Example(file, "" + path, read(path)))
                    .stream());
  }

  private static Stream<Example> shown() throws IOException {
    return Stream.of(
            Stream.of(ROOT.resolve("README.md")),
            files("docs", ".md"),
            files("afp-examples", ".md"))
        .flatMap(pages -> pages)
        .flatMap(Example::shown);
  }

  private static Stream<Example> shown(Path page) {
    return FENCED
        .matcher(read(page))
        .results()
        .flatMap(
            block -> {
              String name = block.group(1) == null ? block.group(3) : block.group(1);
              return Optional.ofNullable(name)
                  .flatMap(Example::file)
                  .map(file -> new Example(file, page + ": " + name, block.group(2)))
                  .stream();
            });
  }

  private static Stream<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT.resolve(folder))) {
      return walk
          .filter(p -> p.toString().endsWith(ending) && !p.toString().contains("/target/"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static Optional<YamlFile> file(String path) {
    if (path.contains("tables/")) {
      return Optional.of(YamlFile.TABLE);
    }
    return Stream.of(YamlFile.PIPELINE, YamlFile.CHECKS, YamlFile.AFP)
        .filter(file -> path.endsWith(file.fileName()))
        .findFirst();
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return place;
  }
}
