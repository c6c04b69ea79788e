package io.afp.pipeline;

import io.afp.core.ledger.Database.Account;
import io.afp.core.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A shop as it was once. It comes back in its own folder and its own database, because the metadata
 * of Iceberg names files by their whole paths.
 */
final class ShopCopy {

  private final Shop shop;
  private final Path folder;
  private final Account database;

  private ShopCopy(Shop shop, Path folder, Account database) {
    this.shop = shop;
    this.folder = folder;
    this.database = database;
  }

  /** Copies a shop on which nobody is at work into a folder that is not there yet. */
  static ShopCopy of(Shop shop, Path folder) throws IOException {
    copy(shop.root(), folder);
    return new ShopCopy(shop, folder, TestPostgres.copy(shop.account()));
  }

  /** Makes the shop what it was, whatever has become of it since. */
  Shop restore() throws IOException {
    TestPostgres.restore(shop.account(), database);
    delete(shop.root());
    copy(folder, shop.root());
    return shop;
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path path : paths(from)) {
      Files.copy(path, to.resolve(from.relativize(path)));
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> inmostFirst = paths(folder).stream().sorted(Comparator.reverseOrder()).toList();
    for (Path path : inmostFirst) {
      Files.delete(path);
    }
  }

  private static List<Path> paths(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.toList();
    }
  }
}
