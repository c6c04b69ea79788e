package io.afp.observe;

import io.afp.core.testing.TestProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project that reads files, fills two tables, judges them and serves one. */
final class Parcels implements AutoCloseable {

  private final Path root;
  private final TestProject project;

  Parcels(Path root) {
    this.root = root;
    this.project =
        new TestProject(
            root, "owner: team-parcels\ndescription: Parcels\ninterval: { unit: month }");
    project.table(
        "raw.parcels",
        """
        description: Parcels as reported
        from: { files: "data/parcels-${interval:yyyy-MM}.csv", format: csv }
        columns:
          id: { type: int, required: true }
          sent: { type: date, required: true }
          weight: { from: kg, type: "decimal(10,2)" }
          receiver: { type: string, pii: true }
          street: { type: string, pii: mask }
          phone: { type: string, pii: drop }
          heavy: { type: boolean, expr: "weight > 2" }
        key: [id]
        partition_by: [month(sent)]
        write: { interval_column: sent }
        rejects: { at_most: 50% }
        """);
    project.model(
        "mart.days",
        """
        columns:
          sent: { type: date, required: true }
          kg: { type: "decimal(20,2)", checks: [ { sum: [0, null] }, { max: [null, 100] } ] }
        key: [sent]
        partition_by: [month(sent)]
        write: { interval_column: sent }
        serve: { postgres: shown.days }
        """,
        """
        select sent, sum(weight) as kg from raw.parcels
         where sent >= :interval_start and sent < :interval_end group by sent
        """);
    file("2024-01", "1,2024-01-03,1.50,Ann\n2,2024-01-03,2.25,Ben\nx,2024-01-04,1,Cid\n");
  }

  TestProject project() {
    return project;
  }

  /** From here on runs are told to these receivers. */
  void observe(String settings) throws IOException {
    String lake = Files.readAllLines(root.resolve("afp.yaml")).get(0);
    project.file("afp.yaml", lake + "\nobservability: { " + settings + " }\n");
  }

  /** The rows of a month, of all fields but the last two. */
  void file(String month, String rows) {
    project.file(
        "p/data/parcels-%s.csv".formatted(month),
        "id,sent,kg,receiver,street,phone\n" + rows.replace("\n", ",Elm Street,555\n"));
  }

  @Override
  public void close() {
    project.close();
  }
}
