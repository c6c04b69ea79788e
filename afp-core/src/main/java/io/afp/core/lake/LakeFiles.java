package io.afp.core.lake;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopConfigurable;
import org.apache.iceberg.io.ResolvingFileIO;

/** Access to the files of the lake, in any file system, without a Spark session. */
public final class LakeFiles {

  private LakeFiles() {}

  /** The caller closes it. */
  public static ResolvingFileIO of(Configuration hadoop) {
    ResolvingFileIO io = new ResolvingFileIO();
    ((HadoopConfigurable) io).setConf(hadoop);
    io.initialize(Map.of());
    return io;
  }
}
