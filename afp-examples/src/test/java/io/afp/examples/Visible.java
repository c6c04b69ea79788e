package io.afp.examples;

import java.util.List;

/**
 * Everything that people see of a project: the pointers of main, its flights, and what is served.
 */
record Visible(List<String> pointers, List<String> flights, List<String> served) {

  static Visible of(ProjectCopy project) {
    return new Visible(
        new Ledger(project).pointers(),
        new Lake(project).rows("SELECT * FROM core.flight"),
        project.rows("SELECT * FROM mart.carrier_day"));
  }
}
