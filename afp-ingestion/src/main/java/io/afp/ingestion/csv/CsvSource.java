package io.afp.ingestion.csv;

import io.afp.core.definition.FieldName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.execution.datasources.v2.csv.CSVDataSourceV2;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data source {@code afp-csv}, with the options of Spark's {@code csv}. Without a schema all
 * fields of the first file are texts. {@code _file}, {@code _line}, {@code _offset} and {@code
 * _raw} are columns that a query may ask for. What it can't read is left to Spark's reader, with a
 * warning.
 */
public final class CsvSource implements TableProvider, DataSourceRegister {

  private static final Logger log = LoggerFactory.getLogger(CsvSource.class);

  private final TableProvider spark = new CSVDataSourceV2();

  @Override
  public String shortName() {
    return "afp-csv";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    CsvOptions read = new CsvOptions(options);
    if (read.onlyForSpark(new StructType()).isPresent()) {
      return spark.inferSchema(options);
    }
    List<StructField> fields = new ArrayList<>();
    for (String name : firstRecord(read)) {
      boolean isName = read.format().header() && FieldName.isUsable(FieldName.plain(name));
      String given = isName ? name.strip() : FieldName.ofPlace(fields.size());
      fields.add(new StructField(given, DataTypes.StringType, true, Metadata.empty()));
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** That of the first file that has one. */
  private static List<String> firstRecord(CsvOptions options) {
    CsvText text = new CsvText(hadoop(), options.format());
    for (FoundFile file : options.files(text.hadoop())) {
      List<String> first = firstRecord(text, file);
      if (!first.isEmpty()) {
        return first;
      }
    }
    return List.of();
  }

  private static List<String> firstRecord(CsvText text, FoundFile file) {
    try {
      return text.firstRecord(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot read file %s: %s".formatted(file.address(), e.getMessage()), e);
    }
  }

  private static Configuration hadoop() {
    return SparkSession.active().sessionState().newHadoopConf();
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    CsvOptions options = new CsvOptions(new CaseInsensitiveStringMap(properties));
    Optional<String> why = options.onlyForSpark(schema);
    if (why.isPresent()) {
      log.warn("Spark's csv reads instead of afp-csv, which has not: {}", why.get());
      return spark.getTable(schema, partitioning, properties);
    }
    return new CsvTable(options.reading(schema), options.files(hadoop()));
  }
}
