package io.afp.ingestion.file;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The local file system, which counts what it is asked for. */
public final class CountedFiles extends LocalFileSystem {

  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final AtomicInteger LISTED = new AtomicInteger();

  /** Makes all counts zero. */
  public static void reset() {
    OPENED.set(0);
    LISTED.set(0);
  }

  /** The CSV files that were opened. */
  public static int opened() {
    return OPENED.get();
  }

  /** The folders that were listed. */
  static int listed() {
    return LISTED.get();
  }

  /** A configuration in which it takes the place of the local file system. */
  static Configuration hadoop() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.file.impl", CountedFiles.class.getName());
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    return hadoop;
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) throws IOException {
    if (file.getName().endsWith(".csv")) {
      OPENED.incrementAndGet(); // and no file of the warehouse
    }
    return super.open(file, buffer);
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    LISTED.incrementAndGet();
    return super.listStatus(folder);
  }
}
