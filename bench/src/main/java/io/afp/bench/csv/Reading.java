package io.afp.bench.csv;

import static java.util.stream.Collectors.joining;

import io.afp.bench.ingest.Copy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** What is read: a copy of lineitem, as which types, and which of its columns. */
enum Reading {
  /** All sixteen columns, typed. */
  PARSE(Copy.CLEAN),
  /** Three of the sixteen. */
  COLUMNS(Copy.CLEAN) {
    @Override
    List<String> columns() {
      return List.of("l_orderkey", "l_extendedprice", "l_shipdate");
    }
  },
  /** All sixteen, as strings. */
  STRINGS(Copy.CLEAN) {
    @Override
    String schema() {
      return files().columns().keySet().stream().map(c -> c + " string").collect(joining(", "));
    }
  },
  QUOTED(Copy.QUOTED),
  WIDE(Copy.WIDE),
  NARROW(Copy.NARROW),
  GZIP(Copy.GZIP),
  /** Spark, which needs a native library of Hadoop for it, is given the same rows as gzip. */
  ZSTD(Copy.ZSTD) {
    @Override
    Copy filesForSpark() {
      return Copy.GZIP;
    }
  };

  private final Copy files;

  Reading(Copy files) {
    this.files = files;
  }

  static Reading named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  Copy files() {
    return files;
  }

  Copy filesForSpark() {
    return files;
  }

  /** The rows as AFP reads them. */
  Dataset<Row> byAfp(SparkSession session, Path copies) {
    return rows(session.read().format("afp-csv"), copies.resolve(files().folder()));
  }

  /** The rows as Spark reads them. */
  Dataset<Row> bySpark(SparkSession session, Path copies) {
    return rows(session.read().format("csv"), copies.resolve(filesForSpark().folder()));
  }

  private Dataset<Row> rows(DataFrameReader reader, Path folder) {
    Column[] columns = columns().stream().map(functions::col).toArray(Column[]::new);
    return reader.schema(schema()).option("header", true).load(folder.toString()).select(columns);
  }

  /** The columns of the files with their types. */
  String schema() {
    return files.schema();
  }

  /** The columns that are asked for. */
  List<String> columns() {
    return List.copyOf(files.columns().keySet());
  }
}
