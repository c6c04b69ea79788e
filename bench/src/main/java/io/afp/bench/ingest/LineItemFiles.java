package io.afp.bench.ingest;

import io.trino.tpch.LineItem;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.zip.GZIPOutputStream;

/**
 * Writes lineitem of TPC-H as CSV: with a header, commas and quotes where a text needs them. In the
 * bad copy one row of a hundred breaks the contract.
 */
public final class LineItemFiles {

  private static final String HEADER =
      "l_orderkey,l_partkey,l_suppkey,l_linenumber,l_quantity,l_extendedprice,l_discount,l_tax,"
          + "l_returnflag,l_linestatus,l_shipdate,l_commitdate,l_receiptdate,l_shipinstruct,"
          + "l_shipmode,l_comment";
  private static final int BAD_EVERY = 100;

  private LineItemFiles() {}

  /**
   * The arguments are the folder, the scale, and how many files each copy has; with {@code gzip} as
   * a fourth only one archive is written.
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    double scale = Double.parseDouble(args[1]);
    int files = Integer.parseInt(args[2]);
    if (args.length > 3) {
      write(folder.resolve("gzip/lineitem.csv.gz"), rows(scale, 1, 1), false);
      return;
    }
    for (int part = 1; part <= files; part++) {
      String name = "lineitem-%03d.csv".formatted(part);
      write(folder.resolve("clean").resolve(name), rows(scale, part, files), false);
      write(folder.resolve("bad").resolve(name), rows(scale, part, files), true);
    }
  }

  private static Iterable<LineItem> rows(double scale, int part, int parts) {
    return TpchTable.LINE_ITEM.createGenerator(scale, part, parts);
  }

  private static void write(Path file, Iterable<LineItem> rows, boolean bad) throws IOException {
    Files.createDirectories(file.getParent());
    try (BufferedWriter out = new BufferedWriter(writer(file), 1 << 16)) {
      out.write(HEADER);
      out.write('\n');
      long number = 0;
      for (LineItem row : rows) {
        String[] fields = row.toLine().split("\\|");
        if (bad && ++number % BAD_EVERY == 0) {
          spoil(fields, number / BAD_EVERY);
        }
        out.write(line(fields));
      }
    }
  }

  private static OutputStreamWriter writer(Path file) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    boolean packed = file.toString().endsWith(".gz");
    return new OutputStreamWriter(
        packed ? new GZIPOutputStream(bytes, 1 << 16) : bytes, StandardCharsets.UTF_8);
  }

  private static void spoil(String[] fields, long turn) {
    switch ((int) (turn % 3)) {
      case 0 -> fields[3] = "12a";
      case 1 -> fields[10] = "1996-13-01";
      default -> fields[0] = "";
    }
  }

  private static String line(String[] fields) {
    StringJoiner line = new StringJoiner(",", "", "\n");
    for (String field : fields) {
      boolean quoted = field.indexOf(',') >= 0 || field.indexOf('"') >= 0;
      line.add(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
    }
    return line.toString();
  }
}
