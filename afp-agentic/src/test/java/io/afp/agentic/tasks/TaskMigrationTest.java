package io.afp.agentic.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.testing.CorpusProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskMigrationTest {

  @TempDir Path folder;

  @Test
  void theOlderFormBecomesThatOfSixSectionsAndNothingIsLost() {
    CorpusProject project = CorpusProject.with(CorpusProject.CORPUS.resolve("TSK017"), folder);
    project.replace(
        "agent-prompts/tasks/orders/mend_zone.md",
        "No row is lost.\n",
        "No row is lost.\n## NOTES\nAsk sales.\n");
    TaskFile older = project.model().task("orders/mend_zone");
    assertThat(TaskMigration.isNeeded(older)).isTrue();

    project.write(older.path(), TaskMigration.text(older));

    ProcessModel model = project.model();
    TaskFile task = model.task("orders/mend_zone");
    assertThat(model.check(task).all()).isEmpty();
    assertThat(TaskMigration.isNeeded(task)).isFalse();
    assertThat(project.text(task.path()))
        .isEqualTo(
            """
            ---
            id: orders/mend_zone
            type: implementation
            module: orders
            requirements: []
            status: ready
            size: normal
            ---
            # TASK: Mend the zone of orders

            ## DELIVERABLES

            - orders/src/main/java/LandOrders.java

            ## SUCCESS CRITERIA

            - [ ] SC-1 Times are in UTC
              - verify: `./check.sh`

            ## CONTEXT FILES

            - Schema: context/data_context.md

            ## TECHNICAL SPECIFICATIONS

            Times are in UTC.

            ## CONSTRAINTS & STANDARDS

            No row is lost.

            ## NOTES

            Ask sales.
            """);
  }
}
