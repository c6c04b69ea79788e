package io.afp.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server that checks signatures and keeps its objects in memory: S3Proxy, in a JVM of its
 * own, started once and gone with this process.
 */
final class S3Server {

  static final String ACCESS_KEY = "AKIATESTACCESSKEY000";
  static final String SECRET_KEY = "canary/of+the/secretKey0123456789abcdefg";

  private static S3Server server;

  private final URI address;

  private S3Server(URI address) {
    this.address = address;
  }

  static synchronized S3Server start() {
    if (server == null) {
      server = new S3Server(run(freePort()));
    }
    return server;
  }

  URI address() {
    return address;
  }

  /** Talks to it without the door in between. */
  S3Client client() {
    return S3Client.builder()
        .endpointOverride(address)
        .region(Region.US_EAST_1)
        .serviceConfiguration(c -> c.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .build();
  }

  private static URI run(int port) {
    URI address = URI.create("http://127.0.0.1:" + port);
    try {
      Path folder = Files.createTempDirectory("afp-s3-");
      Path properties = Files.writeString(folder.resolve("s3.properties"), properties(address));
      Process process =
          new ProcessBuilder(command(properties))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("s3.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> answers(port, process, folder));
      return address;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String properties(URI address) {
    return """
        s3proxy.endpoint=%s
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        s3proxy.ignore-unknown-headers=true
        s3proxy.v4-max-non-chunked-request-size=134217728
        jclouds.provider=transient
        jclouds.identity=none
        jclouds.credential=none
        """
        .formatted(address, ACCESS_KEY, SECRET_KEY);
  }

  private static List<String> command(Path properties) throws IOException {
    String classPath = Files.readString(Path.of("server/target/server.classpath")).strip();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath,
        "org.gaul.s3proxy.Main",
        "--properties",
        properties.toString());
  }

  private static boolean answers(int port, Process process, Path folder) throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError(Files.readString(folder.resolve("s3.log")));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
