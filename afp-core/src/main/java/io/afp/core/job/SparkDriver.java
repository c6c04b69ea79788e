package io.afp.core.job;

import io.afp.core.lake.LakeFiles;
import io.afp.core.lake.S3Properties;
import io.afp.core.logging.RunLog;
import io.afp.core.settings.Addresses;
import io.afp.core.settings.S3Settings;
import io.afp.core.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.io.ResolvingFileIO;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Spark of this process, started when it is first needed. */
final class SparkDriver implements AutoCloseable {

  private static final Logger progressLog = LoggerFactory.getLogger(RunLog.PROGRESS);
  private static final Duration PROGRESS = Duration.ofSeconds(5);

  private final String applicationName;
  private final Map<String, String> settings;
  private final Optional<S3Settings> s3;
  private Configuration hadoop;
  private SparkSession session;
  private boolean foreign;
  private ProgressListener progress;
  private ResolvingFileIO files;

  /**
   * A driver.
   *
   * @param settings of the project; what spark-submit was given comes first
   * @param s3 how S3 is reached
   */
  SparkDriver(String applicationName, Map<String, String> settings, Optional<S3Settings> s3) {
    this.applicationName = applicationName;
    this.settings = Map.copyOf(settings);
    this.s3 = s3;
  }

  /** The driver of a project. */
  static SparkDriver of(String applicationName, Settings settings) {
    return new SparkDriver(applicationName, settings.spark(), settings.s3());
  }

  /** A session that is on no branch; sessions on a branch are made from it. */
  synchronized SparkSession session() {
    if (session == null) {
      foreign = SparkSession.getDefaultSession().isDefined();
      SparkConf conf = conf();
      session = SparkSession.builder().config(conf).getOrCreate();
      SparkContext context = session.sparkContext();
      S3Properties.put(s3, context.hadoopConfiguration(), conf);
      LakeFiles.reachLocal(context.master(), context.hadoopConfiguration());
      progress = new ProgressListener().start(PROGRESS, progressLog::info);
      session.sparkContext().addSparkListener(progress);
    }
    RunLog.context().forEach(session.sparkContext()::setLocalProperty);
    return session;
  }

  /** How Spark is started. */
  SparkConf conf() {
    SparkConf conf = new SparkConf().setAppName(applicationName);
    conf.setIfMissing("spark.master", settings.getOrDefault("spark.master", "local[*]"));
    conf.setIfMissing(
        "spark.scheduler.mode", settings.getOrDefault("spark.scheduler.mode", "FAIR"));
    settings.forEach(conf::setIfMissing);
    conf.setIfMissing("spark.redaction.regex", Addresses.SECRET_NAMES);
    conf.set(
        "spark.sql.extensions",
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
    String correlation = System.getProperty(RunLog.CORRELATION_ID, "");
    String options = conf.get("spark.executor.extraJavaOptions", "");
    conf.set(
        "spark.executor.extraJavaOptions",
        (options + " -Duser.timezone=UTC -D" + RunLog.CORRELATION_ID + "=" + correlation).strip());
    return conf;
  }

  /** The Hadoop configuration, also before Spark is started. */
  synchronized Configuration hadoop() {
    if (hadoop == null) {
      SparkConf conf = conf();
      hadoop = SparkHadoopUtil.get().newConfiguration(conf);
      S3Properties.put(s3, hadoop, conf);
      LakeFiles.reachLocal(conf.get("spark.master"), hadoop);
    }
    return hadoop;
  }

  /** Access to the files of the lake, also before Spark is started. */
  synchronized ResolvingFileIO files() {
    if (files == null) {
      files = LakeFiles.of(hadoop(), S3Properties.iceberg(s3));
    }
    return files;
  }

  /** Stops what it started; a session that was there before is left alone. */
  @Override
  public synchronized void close() {
    if (files != null) {
      files.close();
    }
    if (progress != null) {
      session.sparkContext().removeSparkListener(progress);
      progress.close();
    }
    if (session != null && !foreign) {
      session.stop();
    }
  }
}
