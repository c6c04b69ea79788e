package io.afp.ingestion.csv;

import java.io.Serializable;
import org.apache.hadoop.fs.FileStatus;

/**
 * A file that is there.
 *
 * @param status as it was listed: what opens it by this need not ask the store again
 */
public record FoundFile(FileStatus status) implements Serializable {

  /** As rows name it. */
  public String address() {
    return status.getPath().toString();
  }

  /** Its bytes. */
  public long size() {
    return status.getLen();
  }
}
