package io.afp.ingestion.csv;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Objects on their way between driver and tasks, as bytes that Java has serialized: what a session
 * serializes data with may be Kryo, which can't make records.
 */
public final class Shipped {

  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

  private Shipped() {}

  /** One object for each task. */
  public static <T> JavaRDD<T> toTasks(SparkSession session, List<T> objects) {
    return JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(objects.stream().map(Shipped::bytes).toList(), objects.size())
        .map(Shipped::<T>object);
  }

  /** What tasks make of objects, each of one. */
  static <T, R> List<R> made(SparkSession session, List<T> objects, Function<T, R> making) {
    return toTasks(session, objects).map(object -> bytes(making.call(object))).collect().stream()
        .map(Shipped::<R>object)
        .toList();
  }

  /** The settings of file systems, as a session has them. */
  public static Broadcast<SerializableConfiguration> hadoop(SparkSession session) {
    return session
        .sparkContext()
        .broadcast(
            new SerializableConfiguration(session.sessionState().newHadoopConf()),
            ClassTag$.MODULE$.apply(SerializableConfiguration.class));
  }

  static byte[] bytes(Object object) {
    ByteBuffer buffer = java().serialize(object, ANY);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @SuppressWarnings("unchecked") // it is what was made bytes
  static <T> T object(byte[] bytes) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    return (T) java().deserialize(ByteBuffer.wrap(bytes), classes, ANY);
  }

  /** Closures are serialized by Java, whatever data is. */
  private static SerializerInstance java() {
    return SparkEnv.get().closureSerializer().newInstance();
  }
}
