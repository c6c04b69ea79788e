package io.afp.core.lake;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopConfigurable;
import org.apache.iceberg.io.ResolvingFileIO;

/** Access to the files of the lake, in any file system, without a Spark session. */
public final class LakeFiles {

  private LakeFiles() {}

  /**
   * Has {@link LocalFiles} reach local files, where all of Spark is in this process, which has the
   * class, and the configuration names no other.
   *
   * @param master of Spark
   */
  public static void reachLocal(String master, Configuration hadoop) {
    if (master.equals("local") || master.startsWith("local[")) {
      hadoop.setIfUnset("fs.file.impl", LocalFiles.class.getName());
    }
  }

  /**
   * The caller closes it.
   *
   * @param properties of Iceberg, which say how stores are reached
   */
  public static ResolvingFileIO of(Configuration hadoop, Map<String, String> properties) {
    ResolvingFileIO io = new ResolvingFileIO();
    ((HadoopConfigurable) io).setConf(hadoop);
    io.initialize(properties);
    return io;
  }
}
