package io.afp.bench.scale;

import io.afp.bench.transform.TpchTables;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes orders and lineitem of TPC-H with a header, and a bar between fields. */
public final class OrderFiles {

  private static final int FILES = 8;

  private OrderFiles() {}

  /** The arguments are the folder, in which each table has one of its own, and the scale. */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Double.parseDouble(args[1]));
  }

  static void write(Path folder, double scale) throws IOException {
    for (TpchTable<?> table : new TpchTable<?>[] {TpchTable.ORDERS, TpchTable.LINE_ITEM}) {
      Path files = Files.createDirectories(folder.resolve(table.getTableName()));
      for (int part = 1; part <= FILES; part++) {
        Path file = files.resolve("part-" + part + ".csv");
        write(file, table.getTableName(), table.createGenerator(scale, part, FILES));
      }
    }
  }

  private static void write(Path file, String table, Iterable<? extends TpchEntity> rows)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(String.join("|", TpchTables.columns(table).keySet()));
      out.newLine();
      for (TpchEntity row : rows) {
        String line = row.toLine(); // ends with a bar
        out.write(line, 0, line.length() - 1);
        out.newLine();
      }
    }
  }
}
