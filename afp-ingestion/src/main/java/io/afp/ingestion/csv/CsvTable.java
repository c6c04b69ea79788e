package io.afp.ingestion.csv;

import io.afp.core.lake.PickedRecords;
import io.afp.core.lake.RecordPlaces;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** CSV files that have the same fields, as Spark reads a table. */
final class CsvTable implements SupportsRead, SupportsMetadataColumns, PickedRecords {

  private final CsvFiles files;
  private final StructType schema;
  private final FoundSlices found;

  private final Optional<RecordPlaces> only;

  CsvTable(CsvFiles files, List<FoundFile> found) {
    this(files, new FoundSlices(files.format(), found), Optional.empty());
  }

  private CsvTable(CsvFiles files, FoundSlices found, Optional<RecordPlaces> only) {
    this.files = files;
    this.schema = files.schema();
    this.found = found;
    this.only = only;
  }

  @Override
  public PickedRecords only(RecordPlaces places) {
    return new CsvTable(files, found, Optional.of(places));
  }

  @Override
  public String name() {
    return "afp-csv";
  }

  @Override
  @SuppressWarnings("deprecation") // what replaces it has columns, and asks this for them
  public StructType schema() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new CsvScanBuilder(files, found, only, schema);
  }

  /** What a query may ask for, though it is no column. */
  @Override
  public MetadataColumn[] metadataColumns() {
    return files.hidden().entrySet().stream()
        .map(each -> column(each.getKey(), each.getValue()))
        .toArray(MetadataColumn[]::new);
  }

  private static MetadataColumn column(String name, About about) {
    return new MetadataColumn() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public DataType dataType() {
        return about.type();
      }
    };
  }
}
