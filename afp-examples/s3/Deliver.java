import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Plays the one who delivers: makes the buckets if need be, and puts the flights of a month into
 * one.
 */
public class Deliver {

  public static void main(String[] args) {
    String month = args[0] + ".csv.gz";
    try (S3Client store =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:8014"))
            .region(Region.US_EAST_1)
            .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
            .serviceConfiguration(c -> c.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false))
            .build()) {
      if (store.listBuckets().buckets().isEmpty()) {
        store.createBucket(bucket -> bucket.bucket("lake"));
        store.createBucket(bucket -> bucket.bucket("landing"));
      }
      store.putObject(
          put -> put.bucket("landing").key("flights/" + month),
          Path.of("../flights/data/flights", month));
    }
  }
}
