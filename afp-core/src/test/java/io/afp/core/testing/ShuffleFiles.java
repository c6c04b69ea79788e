package io.afp.core.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import scala.collection.JavaConverters;

/** What Spark has on local disks, looked at whenever a stage has ended. */
public final class ShuffleFiles extends SparkListener implements AutoCloseable {

  private final SparkContext spark = TestSpark.session().sparkContext();
  private final Map<File, String> seen = new ConcurrentHashMap<>();

  public static ShuffleFiles watch() {
    ShuffleFiles files = new ShuffleFiles();
    files.spark.addSparkListener(files);
    return files;
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted stage) {
    JavaConverters.seqAsJavaList(SparkEnv.get().blockManager().diskBlockManager().getAllFiles())
        .forEach(file -> seen.computeIfAbsent(file, ShuffleFiles::content));
  }

  private static String content(File file) {
    try {
      return new String(Files.readAllBytes(file.toPath()), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return null; // of a task that has just ended
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of it, as it is: Spark's rows are not compressed in tests. */
  public String text() throws TimeoutException {
    spark.listenerBus().waitUntilEmpty();
    return String.join("\n", seen.values());
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
