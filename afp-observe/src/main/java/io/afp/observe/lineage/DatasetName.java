package io.afp.observe.lineage;

import io.openlineage.client.utils.DatasetIdentifier;
import io.openlineage.client.utils.filesystem.FilesystemDatasetUtils;
import io.openlineage.client.utils.jdbc.JdbcDatasetUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.hadoop.fs.Path;

/** What a dataset is called, as the naming of OpenLineage says. */
record DatasetName(String namespace, String name) {

  private static DatasetName of(DatasetIdentifier id) {
    return new DatasetName(id.getNamespace(), id.getName());
  }

  /** Files, or a table by where its files lie. */
  static DatasetName of(String location) {
    return of(FilesystemDatasetUtils.fromLocation(new Path(location).toUri()));
  }

  /** A table of a database. */
  static DatasetName of(String jdbc, List<String> parts) {
    List<String> whole = new ArrayList<>(parts);
    if (whole.size() == 1) {
      defaultSchema(jdbc).ifPresent(schema -> whole.add(0, schema));
    }
    return of(JdbcDatasetUtils.getDatasetIdentifier(jdbc, whole, new Properties()));
  }

  /** The schema of a name without one, where the naming asks for it. */
  private static Optional<String> defaultSchema(String jdbc) {
    if (jdbc.startsWith("jdbc:postgresql:")) {
      return Optional.of("public");
    }
    return jdbc.startsWith("jdbc:sqlserver:") ? Optional.of("dbo") : Optional.empty();
  }

  /** A name for the tables of a catalog that no database has for tables of its own. */
  static String ofCatalog(String jdbc) {
    DatasetName database = of(jdbc, List.of());
    return "iceberg" + database.namespace().replaceFirst("^[^:]*", "") + "/" + database.name();
  }
}
