package io.afp.core.lake;

import io.afp.core.testing.LakeExtension;
import io.afp.core.testing.TestLake;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of a lake on whose main the table {@code core.a} has one row. */
@ExtendWith(LakeExtension.class)
abstract class OneTableOnMain {

  TestLake lake;

  @BeforeEach
  void publishTheTable(TestLake given) {
    lake = given;
    lake.publish("CREATE NAMESPACE core", "CREATE TABLE core.a AS SELECT 1 AS id");
  }
}
