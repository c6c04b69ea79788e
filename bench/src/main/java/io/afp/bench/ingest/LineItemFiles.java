package io.afp.bench.ingest;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.trino.tpch.LineItem;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Writes a copy of lineitem of TPC-H as CSV with a header, or as JSON. */
public final class LineItemFiles {

  private static final int BAD_EVERY = 100;

  private final Copy copy;
  private long number;

  private LineItemFiles(Copy copy) {
    this.copy = copy;
  }

  /**
   * The arguments are the folder, in which the copy has one of its own, the scale, how many files
   * the copy has, and its name.
   */
  public static void main(String[] args) throws IOException {
    Copy copy = Copy.valueOf(args[3].toUpperCase(Locale.ROOT));
    Path folder = Files.createDirectories(Path.of(args[0]).resolve(copy.folder()));
    double scale = Double.parseDouble(args[1]);
    int files = Integer.parseInt(args[2]);
    for (int part = 1; part <= files; part++) {
      Iterable<LineItem> rows = TpchTable.LINE_ITEM.createGenerator(scale, part, files);
      new LineItemFiles(copy).write(folder.resolve(copy.file(part)), rows);
    }
  }

  private void write(Path file, Iterable<LineItem> rows) throws IOException {
    try (BufferedWriter out = new BufferedWriter(writer(file), 1 << 16)) {
      if (!copy.isJson()) {
        out.write(line(copy.columns().keySet()));
      }
      String between = copy == Copy.ARRAYS ? "[" : "";
      List<String> taken = new ArrayList<>();
      int together = 0;
      for (LineItem row : rows) {
        taken.addAll(List.of(row.toLine().split("\\|")));
        if (++together == copy.together()) {
          out.write(between + line(spoilt(copy.fields(taken))));
          between = copy == Copy.ARRAYS ? "," : "";
          taken.clear();
          together = 0;
        }
      }
      out.write(copy == Copy.ARRAYS ? "]" : "");
    }
  }

  private static OutputStreamWriter writer(Path file) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    String name = file.toString();
    if (name.endsWith(".gz")) {
      bytes = new GZIPOutputStream(bytes, 1 << 16);
    } else if (name.endsWith(".zst")) {
      bytes = new ZstdOutputStreamNoFinalizer(bytes);
    }
    return new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
  }

  private List<String> spoilt(List<String> fields) {
    if (copy == Copy.BAD && ++number % BAD_EVERY == 0) {
      switch ((int) (number / BAD_EVERY % 3)) {
        case 0 -> fields.set(3, "12a");
        case 1 -> fields.set(10, "1996-13-01");
        default -> fields.set(0, "");
      }
    }
    return fields;
  }

  private String line(Collection<String> fields) {
    return copy.isJson()
        ? object(List.copyOf(fields))
        : fields.stream().map(this::field).collect(Collectors.joining(",", "", "\n"));
  }

  private String object(List<String> fields) {
    List<String> members = new ArrayList<>();
    copy.columns()
        .forEach(
            (name, type) -> {
              String text = fields.get(members.size());
              boolean isText = type.equals("string") || type.equals("date");
              members.add("\"%s\":%s".formatted(name, isText ? '"' + text + '"' : text));
            });
    return "{" + String.join(",", members) + "}\n";
  }

  private String field(String text) {
    boolean quoted = copy == Copy.QUOTED || text.indexOf(',') >= 0 || text.indexOf('"') >= 0;
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
