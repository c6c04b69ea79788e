package io.afp.bench.transform;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the tables of TPC-H as text, one file a table, fields ended by a bar. */
public final class TpchFiles {

  private TpchFiles() {}

  /** The arguments are the folder and the scale; 1 is about a gigabyte. */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Double.parseDouble(args[1]));
  }

  static void write(Path folder, double scale) throws IOException {
    Files.createDirectories(folder);
    for (TpchTable<?> table : TpchTable.getTables()) {
      write(folder.resolve(table.getTableName() + ".tbl"), table.createGenerator(scale, 1, 1));
    }
  }

  private static void write(Path file, Iterable<? extends TpchEntity> rows) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (TpchEntity row : rows) {
        out.write(row.toLine());
        out.newLine();
      }
    }
  }
}
