package io.afp.examples;

/** A pipeline that is enough for a run of each kind of step. */
final class Cities {

  private Cities() {}

  /**
   * Writes it, but for its data.
   *
   * @param more keys of the pipeline
   * @param people the column of that name
   */
  static void write(ProjectCopy project, String more, String people) {
    project.write("cities/pipeline.yaml", "pipeline: cities\n" + more);
    project.write(
        "cities/tables/raw/city.yaml",
        """
        from: { files: data/city.csv, format: csv }
        columns: { city: { type: string }, people: { %s } }
        """
            .formatted(people));
    project.write(
        "cities/tables/mart/big_city.yaml",
        """
        columns: { city: { type: string } }
        serve: { postgres: mart.big_city, mode: swap }
        """);
    project.write(
        "cities/tables/mart/big_city.sql", "select city from raw.city where people > 1000000\n");
  }
}
