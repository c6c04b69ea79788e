package io.afp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AirflowGenerateTest {

  private static final String COLUMNS = "columns: { a: { type: int } }\n";

  @TempDir Path root;

  @BeforeEach
  void writeProject() throws IOException {
    write("afp.yaml", "airflow: { pool: spark, tags: [night], project: /srv/lake }\n");
    write(
        "shop/pipeline.yaml",
        """
        pipeline: shop
        description: What the "shop" sells
        owner: sales
        interval: { unit: day, zone: Europe/Berlin }
        schedule: "0 3 * * *"
        sla: { duration: PT90M }
        airflow: { retries: 5, wait_for_inputs: PT6H }
        """);
    write(
        "shop/tables/raw/orders.yaml",
        "from: { files: \"in/${interval:yyyy/MM'-50%-'dd}.csv\", format: csv }\n" + COLUMNS);
    write("shop/tables/core/sale.yaml", COLUMNS + "serve: { postgres: mart.sale, mode: swap }\n");
    write("shop/tables/core/sale.sql", "select a from raw.orders");
    write("report/pipeline.yaml", "pipeline: report\n");
    write("report/tables/mart/day.yaml", COLUMNS);
    write(
        "report/tables/mart/day.sql",
        "select a from lake.core.sale -- raw.orders\nwhere 'raw.orders' <> ''");
  }

  @Test
  void aDagSaysWhatThePipelineSays() throws IOException {
    generate("shop").succeeded();

    assertThat(read("dags/shop_dag.py"))
        .isEqualTo(
            """
            \"""What the \\"shop\\" sells.

            Written by `afp airflow generate`; do not edit: change the pipelines, or the section airflow, and generate again.
            \"""

            import os
            import sys

            sys.path.append(os.path.dirname(__file__))

            from afp_airflow import AfpInputSensor, AfpJobOperator, Asset, afp_dag, cron, timedelta  # noqa: E402

            with afp_dag(
                "shop",
                description="What the \\"shop\\" sells",
                schedule=cron("0 3 * * *", zone="Europe/Berlin"),
                start_date="2000-01-01",
                catchup=False,
                owner="sales",
                retries=5,
                retry_delay=timedelta(minutes=5),
                duration=timedelta(minutes=90),
                tags=["night"],
                tasks={
                    "pipeline": "shop",
                    "unit": "day",
                    "zone": "Europe/Berlin",
                    "pool": "spark",
                    "project": "/srv/lake",
                },
            ):
                wait_for_inputs = AfpInputSensor(
                    task_id="wait_for_inputs",
                    files=["in/%Y/%m-50%%-%d.csv"],
                    mode="reschedule",
                    timeout=timedelta(hours=6),
                )
                run = AfpJobOperator(
                    task_id="run",
                    job="pipeline",
                    outlets=[Asset("afp://lake/core.sale"), Asset("afp://lake/raw.orders")],
                )
                wait_for_inputs >> run
            """);
  }

  @Test
  void aPipelineWithoutScheduleRunsWhenTheTablesThatItReadsAreNew() throws IOException {
    generate("report").succeeded();

    assertThat(read("dags/report_dag.py"))
        .contains(
            "schedule=[Asset(\"afp://lake/core.sale\")],",
            "inlets=[Asset(\"afp://lake/core.sale\")],")
        .doesNotContain("raw.orders", "AfpInputSensor");
  }

  @Test
  void eachLayerIsATaskAndTheGateShowsTheTables() throws IOException {
    generate("shop", "--by", "layer").succeeded();

    assertThat(read("dags/shop_dag.py"))
        .contains(
            "wait_for_inputs >> ingestion >> transform >> quality >> serving\n",
            "        job=\"quality\",\n        trigger_rule=\"none_failed\",\n        outlets=[")
        .containsOnlyOnce("outlets=");
  }

  @Test
  void oneDagRunsAllEachAfterThoseThatItReads() throws IOException {
    JsonNode data = generate("report", "--json", root.resolve("shop").toString()).data();

    assertThat(data.path("files").findValuesAsText("path"))
        .containsExactly("afp_airflow.py", "shop_dag.py", "report_dag.py", "all-pipelines_dag.py");
    assertThat(read("dags/all-pipelines_dag.py"))
        .contains("    run_shop >> run_report\n")
        .containsOnlyOnce(" >> ");
  }

  @Test
  void theModuleKnowsWhichErrorsNoRepetitionMends() throws IOException {
    generate("shop").succeeded();

    assertThat(read("dags/afp_airflow.py"))
        .contains("FINAL = {64, 65, 77, 78}", "    \"AFP-QUA-001\",\n")
        .doesNotContain("\"AFP-RUN-002\"", "@");
  }

  @Test
  void theCheckFailsUntilAllIsCurrent() throws IOException {
    assertThat(generate("shop", "--check", "--json").endedWith(78).json().path("diagnostics"))
        .hasSize(2)
        .allMatch(each -> each.path("code").asText().equals("AFP-AIR-001"));
    generate("shop", "--dry-run").succeeded();
    assertThat(root.resolve("dags")).doesNotExist();

    generate("shop").succeeded();
    generate("shop", "--check").succeeded();
    write("shop/pipeline.yaml", read("shop/pipeline.yaml").replace("retries: 5", "retries: 6"));

    assertThat(generate("shop", "--check").endedWith(78).err())
        .contains("AFP-AIR-001  Cannot use shop_dag.py: it is not current");
    assertThat(generate("shop").lines()).contains("shop_dag.py replaced", "afp_airflow.py current");
  }

  @Test
  void whatSomebodyElseHasWrittenStays() throws IOException {
    write("dags/shop_dag.py", "print('mine')\n");

    assertThat(generate("shop").endedWith(78).err()).contains("AFP-AIR-002");

    assertThat(read("dags/shop_dag.py")).isEqualTo("print('mine')\n");
    assertThat(root.resolve("dags/afp_airflow.py")).doesNotExist();
  }

  @Test
  void whatAirflowCanNotDoIsSaidAtItsPlace() throws IOException {
    write("report/pipeline.yaml", "pipeline: report\nairflow: { deploy_mode: cluster }\n");
    assertThat(generate("report").endedWith(78).err()).contains("AFP-AIR-003", "ledger_conn_id");

    write("report/pipeline.yaml", "pipeline: report\nairflow: { reads: [core.sales] }\n");
    assertThat(generate("report").endedWith(78).err()).contains("AFP-DEF-008", "core.sale");

    write("report/pipeline.yaml", "pipeline: report\nairflow: { retry: 1 }\n");
    assertThat(generate("report").endedWith(78).err()).contains("AFP-DEF-002", "retries");
  }

  @Test
  void whatComesFromElsewhereIsInNoDag() throws IOException {
    write(
        "afp.yaml",
        "spark: { driver.memory: 3g, driver.extraJavaOptions: \"-Dtoken=${env:AFP_NO_SUCH}\" }\n"
            + "airflow: { secrets: { LAKE_PASSWORD: lake } }\n");
    generate("report").succeeded();

    assertThat(read("dags/report_dag.py"))
        .contains(
            "        \"secrets\": {\n            \"LAKE_PASSWORD\": \"lake\",\n        },\n",
            "\"spark.driver.memory\": \"3g\"")
        .doesNotContain("token", "extraJavaOptions");
  }

  private TestCommand generate(String pipeline, String... more) {
    String call = "airflow generate --out %s/dags --project %s".formatted(root, root);
    String[] words = TestCommand.words(call, more);
    String[] all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = root.resolve(pipeline).toString();
    return TestCommand.run(all);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }
}
