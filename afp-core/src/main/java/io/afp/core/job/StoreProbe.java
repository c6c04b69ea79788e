package io.afp.core.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.core.definition.FileSourceDef;
import io.afp.core.definition.Project;
import io.afp.core.error.Problem;
import io.afp.core.lake.LakeErrors;
import io.afp.core.lake.LakeFiles;
import io.afp.core.lake.S3Properties;
import io.afp.core.settings.S3Settings;
import io.afp.core.settings.Settings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.io.ResolvingFileIO;

/**
 * Tries the buckets that a project names: that of the warehouse, and those of its sources. It asks
 * for names of objects, once, and starts no Spark. It needs neither ledger nor catalog, which may
 * be what is wrong.
 */
final class StoreProbe extends DriverTask {

  /** A doctor does not wait for a store to come back. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "spark.hadoop.fs.s3a.attempts.maximum", "1",
          "spark.hadoop.fs.s3a.retry.limit", "1");

  private final ObjectNode answer = LakeTask.JSON.createObjectNode();
  private final ArrayNode tried = answer.putArray("stores");

  @Override
  protected ObjectNode work(Project project, Settings settings, List<Problem> problems) {
    Map<String, String> spark = new HashMap<>(IMPATIENT);
    spark.putAll(settings.spark());
    try (SparkDriver driver = new SparkDriver("afp:stores", spark, settings.s3())) {
      tryWarehouse(settings, driver.hadoop(), problems);
      sources(project).forEach(address -> trySource(address, driver.hadoop(), problems));
    }
    return answer;
  }

  private void tryWarehouse(Settings settings, Configuration hadoop, List<Problem> problems) {
    String address = settings.lake().warehouse();
    if (!S3Settings.isAddress(address)) {
      return;
    }
    Map<String, String> properties = new HashMap<>(S3Properties.iceberg(settings.s3()));
    properties.put("s3.retry.num-retries", "1");
    properties.put("s3.retry.min-wait-ms", "100");
    tell(
        "warehouse",
        address,
        problems,
        () -> {
          try (ResolvingFileIO files = LakeFiles.of(hadoop, properties)) {
            files.listPrefix(address.replaceFirst("/*$", "/")).iterator().hasNext();
          }
        });
  }

  private void trySource(String address, Configuration hadoop, List<Problem> problems) {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(address);
    tell(
        "source",
        address,
        problems,
        () -> folder.getFileSystem(hadoop).listStatusIterator(folder).hasNext());
  }

  private interface Trial {
    void run() throws IOException;
  }

  private void tell(String part, String address, List<Problem> problems, Trial trial) {
    try {
      trial.run();
    } catch (FileNotFoundException e) {
      // nothing is there yet, in a bucket that is
    } catch (IOException | RuntimeException | LinkageError e) {
      problems.addAll(
          LakeErrors.translate("reach the %s %s".formatted(part, address), e).problems());
      return;
    }
    tried.add(address);
  }

  /** The folders of the sources in S3; a definition that is broken is told by others. */
  private static Set<String> sources(Project project) {
    Set<String> folders = new TreeSet<>();
    project
        .check()
        .tables()
        .flatMap(table -> table.fileSource().stream())
        .map(FileSourceDef::files)
        .filter(S3Settings::isAddress)
        .forEach(files -> folders.add(folder(files)));
    return folders;
  }

  /** What stands before the first part that may have several values. */
  private static String folder(String files) {
    String fixed = files.split("[*?\\[{$\\\\]", 2)[0];
    return fixed.substring(0, fixed.lastIndexOf('/') + 1);
  }
}
