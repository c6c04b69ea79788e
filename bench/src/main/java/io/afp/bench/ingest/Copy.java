package io.afp.bench.ingest;

import io.afp.bench.transform.TpchTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The copies of lineitem that are read: what is in their rows, and how the files end. */
public enum Copy {
  /** Sixteen columns; quotes only where a text needs them. */
  CLEAN(".csv"),
  /** One row of a hundred breaks the contract. */
  BAD(".csv"),
  /** Every field is quoted. */
  QUOTED(".csv"),
  /** 500 columns: the fields of many rows, one behind the other. */
  WIDE(".csv"),
  /** A key and a price. */
  NARROW(".csv"),
  GZIP(".csv.gz"),
  ZSTD(".csv.zst"),
  /** Objects of JSON, one a line; days are texts, all else numbers and texts as it is. */
  JSON(".jsonl"),
  /** The same objects, all of a file in one array. */
  ARRAYS(".json");

  private static final int MANY = 500;
  private static final List<String> FEW = List.of("l_orderkey", "l_extendedprice");
  private static final Map<String, String> LINE_ITEM = TpchTables.columns("lineitem");

  private final String ending;

  Copy(String ending) {
    this.ending = ending;
  }

  /** Each column with its type, in order. */
  public Map<String, String> columns() {
    return switch (this) {
      case WIDE -> repeated();
      case NARROW -> {
        Map<String, String> few = new LinkedHashMap<>(LINE_ITEM);
        few.keySet().retainAll(FEW);
        yield few;
      }
      default -> LINE_ITEM;
    };
  }

  private static Map<String, String> repeated() {
    List<String> names = List.copyOf(LINE_ITEM.keySet());
    Map<String, String> many = new LinkedHashMap<>();
    for (int i = 0; i < MANY; i++) {
      String name = names.get(i % names.size());
      many.put(name + "_" + (i / names.size() + 1), LINE_ITEM.get(name));
    }
    return many;
  }

  /** The columns with their types, as Spark writes them. */
  public String schema() {
    return columns().entrySet().stream()
        .map(c -> c.getKey() + " " + c.getValue().replace("long", "bigint"))
        .collect(Collectors.joining(", "));
  }

  /** The name of its folder, beside those of the other copies. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a source calls the format. */
  String format() {
    return ending.replaceFirst("\\.(gz|zst)$", "").substring(1);
  }

  boolean isJson() {
    return this == JSON || this == ARRAYS;
  }

  /** The copy that a folder of files is. */
  static Copy of(Path folder) {
    return valueOf(folder.getFileName().toString().toUpperCase(Locale.ROOT));
  }

  String file(int part) {
    return "lineitem-%03d%s".formatted(part, ending);
  }

  /** How many rows of lineitem are one of this copy. */
  int together() {
    return this == WIDE ? (MANY + LINE_ITEM.size() - 1) / LINE_ITEM.size() : 1;
  }

  /** The fields of a row of this copy, of those of as many rows as are one. */
  List<String> fields(List<String> taken) {
    return switch (this) {
      case WIDE -> taken.subList(0, MANY);
      case NARROW -> {
        List<String> names = List.copyOf(LINE_ITEM.keySet());
        yield FEW.stream().map(name -> taken.get(names.indexOf(name))).toList();
      }
      default -> new ArrayList<>(taken);
    };
  }
}
