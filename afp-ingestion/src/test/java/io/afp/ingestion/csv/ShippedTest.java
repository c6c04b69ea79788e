package io.afp.ingestion.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.afp.core.testing.TestSpark;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class ShippedTest {

  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

  private final SparkSession session = TestSpark.session();

  private static Object byKryo(Object object) {
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    return kryo.deserialize(kryo.serialize(object, ANY), ANY);
  }

  @Test
  void recordsComeThroughKryoAsBytes() {
    FoundFile file = new FoundFile(new FileStatus(5, false, 1, 1, 1, new Path("file:/a.json")));
    List<Object> sent =
        List.of(List.of(file), new PartScans.Part(1, 2), new RecordStarts.Look(1, 2, 3));
    assertThat(sent)
        .allSatisfy(
            o ->
                assertThat(Shipped.<Object>object((byte[]) byKryo(Shipped.bytes(o)))).isEqualTo(o));
  }

  @Test
  void eachTaskGetsOne() {
    List<PartScans.Part> parts = List.of(new PartScans.Part(1, 2), new PartScans.Part(3, 4));
    assertThat(Shipped.toTasks(session, parts).getNumPartitions()).isEqualTo(2);
    assertThat(Shipped.toTasks(session, parts).map(PartScans.Part::from).collect())
        .containsExactly(1L, 3L);
  }
}
