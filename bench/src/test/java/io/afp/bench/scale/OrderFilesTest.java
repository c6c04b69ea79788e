package io.afp.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.PipelineReader;
import io.afp.core.definition.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline of bench/scale reads what is generated for it. */
class OrderFilesTest {

  private static final Path PIPELINE = Path.of("scale/tpch");

  @Test
  void theFilesHaveTheColumnsThatTheirTablesDeclare(@TempDir Path folder) throws Exception {
    OrderFiles.write(folder, 0.001);
    PipelineDef pipeline = PipelineReader.read(PIPELINE);

    for (String name : List.of("orders", "lineitem")) {
      List<String> lines = Files.readAllLines(folder.resolve(name).resolve("part-1.csv"));
      List<String> declared =
          pipeline.table(new TableName("raw", name)).orElseThrow().columns().stream()
              .map(column -> column.name())
              .toList();
      assertThat(lines.get(0).split("\\|")).containsExactlyElementsOf(declared);
      assertThat(lines.get(1).split("\\|")).hasSameSizeAs(declared);
    }
  }
}
