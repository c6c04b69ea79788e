package io.afp.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Who imports the BOM has all modules that are published, and nothing that only our build needs.
 */
class BomTest {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern MANAGED =
      Pattern.compile("<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");

  private static final String OURS = "io.afp";
  private static final String BOM = "afp-bom";
  private static final String NOT_PUBLISHED = "<maven.deploy.skip>true</maven.deploy.skip>";

  @Test
  void namesEachModuleThatIsPublished() throws IOException {
    List<String> published = new ArrayList<>();
    for (String module : modules()) {
      if (!module.equals(BOM) && !pom(Reactor.module(module)).contains(NOT_PUBLISHED)) {
        published.add(OURS + ":" + module);
      }
    }

    assertThat(managed()).filteredOn(name -> name.startsWith(OURS)).hasSameElementsAs(published);
  }

  private static List<String> managed() throws IOException {
    String pom = pom(Reactor.module(BOM));
    String managed =
        pom.substring(
            pom.indexOf("<dependencyManagement>"), pom.indexOf("</dependencyManagement>"));
    return MANAGED.matcher(managed).results().map(m -> m.group(1) + ":" + m.group(2)).toList();
  }

  private static List<String> modules() throws IOException {
    return MODULE.matcher(pom(Reactor.root())).results().map(m -> m.group(1)).toList();
  }

  private static String pom(Path module) throws IOException {
    return Files.readString(module.resolve("pom.xml"));
  }
}
