package io.afp.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LakeExtension.class)
class LakeSessionTest {

  @Test
  void whatABranchDoesIsInvisibleUntilItIsPublished(TestLake lake) {
    String branch = lake.newBranch();
    SparkSession session = lake.on(branch);
    session.sql("CREATE NAMESPACE core");
    session.sql("CREATE TABLE core.a AS SELECT 1 AS id");
    assertThat(lake.onMain().catalog().databaseExists("core")).isFalse();
    lake.publishBranch(branch);
    assertThat(lake.onMain().table("core.a").count()).isEqualTo(1);
  }
}
