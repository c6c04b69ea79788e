package io.afp.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code docs/install.md} tells its reader to type.
 *
 * @param installing until the command is there
 * @param beginning what is done with it first
 */
record InstallPage(List<String> installing, List<String> beginning) {

  static InstallPage read() throws IOException {
    List<String> page = Files.readAllLines(Path.of("../docs/install.md"));
    int start = page.indexOf("```") + 1;
    List<String> block =
        page.subList(start, start + page.subList(start, page.size()).indexOf("```"));
    long before = block.stream().takeWhile(line -> !line.startsWith("afp ")).count();
    return new InstallPage(
        block.subList(0, (int) before), block.subList((int) before, block.size()));
  }
}
