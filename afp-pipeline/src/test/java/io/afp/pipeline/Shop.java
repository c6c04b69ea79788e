package io.afp.pipeline;

import io.afp.core.ledger.Database;
import io.afp.core.ledger.Database.Account;
import io.afp.core.settings.Secret;
import io.afp.core.testing.LedgerScripts;
import io.afp.core.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A small project on a database of its own: two sources with a reject, a model, and a served one.
 */
final class Shop {

  private final Path root;
  private final Account account;

  private Shop(Path root, Account account) {
    this.root = root;
    this.account = account;
  }

  static Shop in(Path root) {
    return in(root, TestPostgres.ledger());
  }

  static Shop in(Path root, Account account) {
    Shop shop = new Shop(root, account);
    shop.write("afp.yaml", shop.settings(root.resolve("warehouse").toUri().toString()));
    shop.write(
        "shop/pipeline.yaml",
        """
        pipeline: shop
        interval: { unit: month, zone: UTC }
        """);
    shop.write(
        "shop/tables/raw/orders.yaml",
        """
        from: { files: "data/orders-${interval:yyyy-MM}.csv", format: csv }
        columns:
          id:         { type: int, required: true }
          customer:   { type: string, required: true }
          amount:     { type: "decimal(10,2)", checks: [ { between: [0, 1000] } ] }
          ordered_on: { type: date, required: true }
        key: [id]
        partition_by: [month(ordered_on)]
        write: { mode: replace, interval_column: ordered_on }
        rejects: { at_most: 50% }
        """);
    shop.write(
        "shop/tables/raw/customers.yaml",
        """
        from: { files: data/customers.csv, format: csv }
        columns:
          customer: { type: string, required: true }
          city:     { type: string }
        key: [customer]
        """);
    shop.write(
        "shop/tables/core/orders.yaml",
        """
        columns:
          id:         { type: int, required: true }
          city:       { type: string, checks: [ { in: [Bern, Rom] } ] }
          amount:     { type: "decimal(10,2)" }
          ordered_on: { type: date, required: true }
        key: [id]
        partition_by: [month(ordered_on)]
        write: { mode: replace, interval_column: ordered_on }
        checks:
          - rows: { min: 1 }
        """);
    shop.write(
        "shop/tables/core/orders.sql",
        """
        select id, city, amount, ordered_on from raw.orders left join raw.customers using (customer)
        where ordered_on >= :interval_start and ordered_on < :interval_end
        """);
    shop.write(
        "shop/tables/mart/city_sales.yaml",
        """
        columns:
          city:  { type: string, required: true }
          sales: { type: "decimal(20,2)" }
        key: [city]
        serve: { postgres: mart.city_sales, mode: swap }
        """);
    shop.write(
        "shop/tables/mart/city_sales.sql",
        "select city, sum(amount) as sales from core.orders group by city\n");
    shop.write("shop/data/customers.csv", "customer,city\nada,Bern\nbob,Rom\n");
    shop.write(
        "shop/data/orders-2024-01.csv",
        """
        id,customer,amount,ordered_on
        1,ada,10.00,2024-01-05
        2,bob,20.50,2024-01-31
        3,bob,many,2024-01-31
        """);
    shop.write(
        "shop/data/orders-2024-02.csv",
        """
        id,customer,amount,ordered_on
        4,ada,7.25,2024-02-01
        5,bob,1.00,2024-02-29
        """);
    return shop;
  }

  /** Adds a table to which each month is appended, and which is served too. */
  void addVisits() {
    write(
        "shop/tables/mart/visits.yaml",
        """
        from: { files: "data/visits-${interval:yyyy-MM}.csv", format: csv }
        columns:
          day:    { type: date, required: true }
          people: { type: int }
        write: { mode: append, interval_column: day }
        serve: { postgres: mart.visits, mode: swap }
        """);
    write("shop/data/visits-2024-01.csv", "day,people\n2024-01-05,7\n2024-01-31,9\n");
    write("shop/data/visits-2024-02.csv", "day,people\n2024-02-01,4\n2024-02-29,5\n");
  }

  /** Adds a table to which each file of a folder is appended, whatever the interval is. */
  void addClicks() {
    write(
        "shop/tables/raw/clicks.yaml",
        """
        from: { files: "clicks/*.csv", format: csv }
        columns:
          id:   { type: int, required: true }
          page: { type: string }
        metadata: { source: _afp_source }
        write: { mode: append }
        """);
    write("shop/clicks/a.csv", "id,page\n1,home\n2,cart\n");
  }

  /** The orders of these months of 2024: two in each, one of either customer. */
  void orders(int first, int last) {
    for (int month = first; month <= last; month++) {
      write(
          file(month),
          """
          id,customer,amount,ordered_on
          %1$d1,ada,10.00,2024-%1$02d-05
          %1$d2,bob,%1$d.50,2024-%1$02d-28
          """
              .formatted(month));
    }
  }

  /** The file with the orders of a month. */
  static String file(int month) {
    return "shop/data/orders-2024-%02d.csv".formatted(month);
  }

  /** The settings with this warehouse. */
  String settings(String warehouse) {
    return """
        lake:
          uri: "%s"
          user: %s
          password: "%s"
          warehouse: "%s"
        spark: { spark.sql.shuffle.partitions: "2" }
        """
        .formatted(
            account.uri(),
            account.user().orElse("postgres"),
            account.password().map(Secret::reveal).orElse(""),
            warehouse);
  }

  /** Makes the ledger in a database that has none. */
  void migrate() {
    try (Database database = Database.open(account, "afp/test")) {
      database.useTransaction(
          handle -> {
            try (Statement statement = handle.getConnection().createStatement()) {
              statement.execute(LedgerScripts.all());
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  void write(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path root() {
    return root;
  }

  Account account() {
    return account;
  }

  Path warehouse() {
    return root.resolve("warehouse");
  }

  /** What another engine's commit does to a pointer: the same content under another address. */
  void movePointer(String namespace, String name) throws IOException {
    try (Database database = Database.open(account, "afp/test")) {
      String location =
          database.inTransaction(
              handle ->
                  handle
                      .createQuery(
                          "SELECT metadata_location FROM iceberg_tables WHERE catalog_name = 'lake' AND table_namespace = :s AND table_name = :n")
                      .bind("s", namespace)
                      .bind("n", name)
                      .mapTo(String.class)
                      .one());
      String moved = location.replace(".metadata.json", "-other.metadata.json");
      Files.copy(metadata(location), metadata(moved));
      database.useTransaction(
          handle -> {
            handle.execute("SET LOCAL afp.publish = 'on'");
            handle.execute(
                "UPDATE iceberg_tables SET metadata_location = ? WHERE metadata_location = ? AND catalog_name = 'lake'",
                moved,
                location);
          });
    }
  }

  private static Path metadata(String location) {
    return Path.of(location.replaceFirst("^file:/*", "/"));
  }
}
