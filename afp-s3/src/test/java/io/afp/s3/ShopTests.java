package io.afp.s3;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a project whose S3 server stands behind a door. */
abstract class ShopTests {

  @TempDir Path folder;
  Door door;
  Shop shop;

  @BeforeEach
  void openShop() {
    door = new Door(S3Server.start().address());
    shop = new Shop(folder, door.address());
    shop.orders(1, 11, 12);
  }

  @AfterEach
  void closeShop() {
    shop.close();
    door.close();
  }
}
