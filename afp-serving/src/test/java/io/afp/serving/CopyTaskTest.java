package io.afp.serving;

import static io.afp.serving.ServingFixture.flights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.afp.core.definition.TableDef;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spark tries tasks again, and sometimes twice at once; the rows are there once. */
class CopyTaskTest {

  private static final long RELEASE = 7;

  private final ServingFixture serving = new ServingFixture();
  private final TableDef table = flights();
  private final ServingSql sql = new ServingSql(table, table.serve().orElseThrow(), RELEASE);
  private final CopyTask task = new CopyTask(new Target(serving.account(), new UUID(0, 1)), sql);

  @BeforeEach
  void stage() {
    serving.execute("create schema afp_serving");
    serving.execute(ServingSql.tables().toArray(String[]::new));
    serving.execute(sql.create());
  }

  @AfterEach
  void close() {
    serving.close();
  }

  @Test
  void aTaskThatIsTriedAgainAfterItsCommitAddsNothing() throws SQLException {
    task.call(rows(100).iterator());
    task.call(rows(100).iterator());

    assertThat(staged()).isEqualTo("100");
    assertThat(serving.query("select rows || ' ' || bytes from afp_serving.part"))
        .containsExactly("100 490");
  }

  @Test
  void aTaskThatFailsHalfwayLeavesNothingAndCanBeTriedAgain() throws SQLException {
    List<Row> all = rows(50_000);
    assertThatThrownBy(() -> task.call(failing(all.iterator(), 40_000)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the executor is lost");
    assertThat(staged()).isEqualTo("0");

    task.call(all.iterator());
    assertThat(staged()).isEqualTo("50000");
  }

  @Test
  void twoTriesAtOnceWaitForEachOtherAndOneOfThemCopies() throws Exception {
    CountDownLatch claimed = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ExecutorService tries = Executors.newFixedThreadPool(2);
    try {
      Future<?> first = tries.submit(() -> call(pausing(rows(10).iterator(), claimed, goOn)));
      claimed.await();
      Future<?> second = tries.submit(() -> call(rows(10).iterator()));
      await().until(this::somebodyWaits);
      goOn.countDown();
      first.get(1, TimeUnit.MINUTES);
      second.get(1, TimeUnit.MINUTES);
    } finally {
      tries.shutdownNow();
    }
    assertThat(staged()).isEqualTo("10");
  }

  @Test
  void aCopyOfADriverThatDiedIsDroppedByTheNextLoad() throws SQLException {
    task.call(rows(5).iterator());
    serving.execute(
        "insert into afp_serving.data_table (name, target, release) values ('%s', 'mart.flight', %d)"
            .formatted(sql.data(), RELEASE));

    serving.serve(table, flights(20, "b"), RELEASE + 1);
    assertThat(serving.dataTables()).as("the copy of release 7 is gone").hasSize(1);
    assertThat(serving.served()).isEqualTo("20 b");
  }

  @Test
  void aCopyOfTheSameReleaseThatADeadDriverLeftIsMadeAnew() throws SQLException {
    task.call(rows(5).iterator());
    serving.execute(
        "insert into afp_serving.data_table (name, target, release) values ('%s', 'mart.flight', %d)"
            .formatted(sql.data(), RELEASE));

    serving.serve(table, flights(20, "b"), RELEASE);
    assertThat(serving.served()).isEqualTo("20 b");
  }

  @Test
  void aReaderThatTakesLongDelaysTheSwapAndNotTheOtherReaders() throws Exception {
    serving.serve(table, flights(10, "a"), RELEASE);
    ExecutorService server = Executors.newSingleThreadExecutor();
    try (Connection slow = DriverManager.getConnection(serving.account().uri())) {
      slow.setAutoCommit(false);
      slow.createStatement().executeQuery("select * from mart.flight").close();
      Future<?> swap = server.submit(() -> serving.serve(table, flights(20, "b"), RELEASE + 1));
      await().atMost(1, TimeUnit.MINUTES).until(this::somebodyWaits);
      serving.execute("set statement_timeout = '5s'");
      assertThat(serving.served()).as("read while the swap waits").isEqualTo("10 a");
      slow.commit();
      swap.get(1, TimeUnit.MINUTES);
    } finally {
      server.shutdownNow();
    }
    assertThat(serving.served()).isEqualTo("20 b");
  }

  private boolean somebodyWaits() {
    return !serving
        .query(
            """
            select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
            """)
        .isEmpty();
  }

  private String staged() {
    return serving.query("select count(*) from afp_serving.\"%s\"".formatted(sql.data())).get(0);
  }

  private void call(Iterator<Row> rows) {
    try {
      task.call(rows);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Row> rows(int count) {
    return IntStream.range(0, count).mapToObj(i -> RowFactory.create(i, "a")).toList();
  }

  private static Iterator<Row> failing(Iterator<Row> rows, int last) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(
            i -> {
              if (i == last) {
                throw new IllegalStateException("the executor is lost");
              }
              return rows.next();
            })
        .iterator();
  }

  /** Says that its first row is asked for, and gives it when it may. */
  private static Iterator<Row> pausing(
      Iterator<Row> rows, CountDownLatch asked, CountDownLatch goOn) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        asked.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return rows.next();
      }
    };
  }
}
