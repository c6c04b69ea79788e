package io.afp.dist;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes the licences and notices out of jars: a folder for each jar that has any. */
final class LicenseTexts {

  private static final Pattern TEXT =
      Pattern.compile(
          "(?i)(META-INF/)?(licen[cs]es?(-binary)?/.+|[^/]*(licen[cs]e|notice|copying|copyright)[^/]*)");

  private LicenseTexts() {}

  /** Takes the folder to write to, and class paths. */
  public static void main(String[] args) throws IOException {
    List<Path> jars =
        Stream.of(args)
            .skip(1)
            .flatMap(classPath -> Stream.of(classPath.split(File.pathSeparator)))
            .map(Path::of)
            .toList();
    for (Path jar : jars) {
      extract(jar, Path.of(args[0]));
    }
  }

  private static void extract(Path jar, Path to) throws IOException {
    Path folder = to.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", ""));
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().filter(LicenseTexts::isText).toList()) {
        Path text = folder.resolve(entry.getName()).normalize();
        if (text.startsWith(folder) && !Files.exists(text)) {
          Files.createDirectories(text.getParent());
          try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, text);
          }
        }
      }
    }
  }

  private static boolean isText(JarEntry entry) {
    String name = entry.getName();
    return !entry.isDirectory() && !name.endsWith(".class") && TEXT.matcher(name).matches();
  }
}
