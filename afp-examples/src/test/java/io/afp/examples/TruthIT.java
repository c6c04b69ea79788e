package io.afp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runs are compared with is what the script finds in the files that are shipped. */
@Tag("long")
class TruthIT {

  @Test
  void theScriptGivesTheFilesThatAreCheckedIn(@TempDir Path results) throws IOException {
    Path data = Reactor.root().resolve("afp-examples/flights/data");
    List<String> command =
        Stream.of("python3", Truth.file("truth.py"), data, results).map(Object::toString).toList();

    Command.start(results, Map.of(), command).ended().succeeded();

    List<String> names = Reactor.names(results);
    assertThat(names).hasSize(9);
    for (String name : names) {
      assertThat(results.resolve(name)).hasSameTextualContentAs(Truth.file(name));
    }
  }
}
