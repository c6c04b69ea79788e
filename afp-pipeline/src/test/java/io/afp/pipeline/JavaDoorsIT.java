package io.afp.pipeline;

import static io.afp.ingestion.file.FileSource.csv;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.definition.CheckBuilder;
import io.afp.core.definition.PipelineDef;
import io.afp.core.definition.TableDef;
import io.afp.core.job.CodedJob;
import io.afp.core.job.Job;
import io.afp.core.testing.TestSpark;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines without YAML: declared by builders, or written as a program. */
final class JavaDoorsIT {

  private static final TableDef CUSTOMERS =
      TableDef.named("coded.customers")
          .inJava()
          .column("customer", "string", c -> c.required())
          .column("city", "string", c -> c.check(CheckBuilder.in("Bern", "Rom")))
          .key("customer")
          .serve("mart.customers")
          .build();

  @TempDir Path folder;
  private Shop shop;

  @BeforeEach
  void makeShop() {
    TestSpark.session();
    shop = Shop.in(folder);
  }

  @Test
  void aPipelineThatWasDeclaredInJavaRunsLikeOneFromYaml() {
    PipelineDef pipeline =
        PipelineDef.named("declared")
            .folder(folder.resolve("shop"))
            .table(
                TableDef.named("declared.customers")
                    .fromCsv("data/customers.csv")
                    .column("customer", "string", c -> c.required())
                    .column("city", "string")
                    .key("customer"))
            .table(
                TableDef.named("declared.cities")
                    .sql("select city, count(*) as customers from declared.customers group by city")
                    .column("city", "string")
                    .column("customers", "long"))
            .build();

    assertThat(Job.of(pipeline).run(project())).isZero();

    assertThat(State.lake(shop).get("lake declared.cities"))
        .containsExactly(
            "{\"city\":\"Bern\",\"customers\":1}", "{\"city\":\"Rom\",\"customers\":1}");
  }

  @Test
  void aProgramPublishesAndServesWhatItWrote() {
    assertThat(run("shop/data/customers.csv")).isZero();
    assertThat(run("shop/data/customers.csv")).as("twice is once").isZero();

    assertThat(State.lake(shop).get("lake coded.customers"))
        .containsExactly(
            "{\"customer\":\"ada\",\"city\":\"Bern\"}", "{\"customer\":\"bob\",\"city\":\"Rom\"}");
  }

  @Test
  void aProgramWhoseRowsFailACheckPublishesNothing() {
    shop.write("shop/data/strange.csv", "customer,city\nada,Atlantis\n");

    assertThat(run("shop/data/strange.csv")).isEqualTo(65);

    assertThat(State.lake(shop)).as("what main shows").isEmpty();
  }

  @Test
  void aProgramThatThrowsPublishesNothing() {
    CodedJob job = Job.named("coded");

    int code =
        job.run(
            project(),
            run -> {
              run.table(CUSTOMERS)
                  .replace(run.spark().sql("select 'ada' customer, 'Rom' city"), run.interval());
              throw new IllegalStateException("no luck");
            });

    assertThat(code).isEqualTo(70);
    assertThat(State.lake(shop)).as("what main shows").isEmpty();
  }

  @Test
  void aProgramThatPutsATableIntoAFolderOfItsChoicePublishesNothing() {
    String place = folder.resolve("elsewhere").toUri().toString();
    CodedJob job = Job.named("coded");

    int code =
        job.run(
            project(),
            run -> {
              run.spark().sql("create namespace scratch");
              run.spark()
                  .sql("create table scratch.t location '%s' as select 1 n".formatted(place));
              run.table(CUSTOMERS)
                  .replace(run.spark().sql("select 'ada' customer, 'Rom' city"), run.interval());
            });

    assertThat(code).isEqualTo(78);
    assertThat(State.lake(shop)).as("what main shows").isEmpty();
  }

  private int run(String file) {
    String address = folder.resolve(file).toString();
    return Job.named("coded")
        .run(
            project(),
            run ->
                run.table(CUSTOMERS)
                    .replace(run.read(csv(address, CUSTOMERS)).conform(CUSTOMERS), run.interval()));
  }

  private String[] project() {
    return new String[] {"--project", folder.toString()};
  }
}
