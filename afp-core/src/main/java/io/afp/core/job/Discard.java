package io.afp.core.job;

import io.afp.core.catalog.Branches;
import io.afp.core.catalog.Pointer;
import io.afp.core.lake.FileReach;
import java.util.List;

/**
 * A branch that was dropped with the files that only it reached.
 *
 * @param tables how many tables it had changed
 * @param files how many files were deleted
 */
record Discard(int tables, int files) {

  static Discard of(Branches branches, String branch, SparkDriver spark) {
    List<Pointer> changed = branches.discard(branch);
    int files =
        changed.isEmpty() ? 0 : new FileReach(spark.files()).delete(changed, branches.reachable());
    return new Discard(changed.size(), files);
  }
}
