package io.afp.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A server that says yes to everything, and keeps what it was sent. */
final class HttpReceiver implements AutoCloseable {

  private final HttpServer server;
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

  HttpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(unzipped(exchange.getRequestBody().readAllBytes()));
          paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
          exchange.getResponseHeaders().set("Content-Type", "application/cbor");
          byte[] nothing =
              exchange.getRequestURI().getPath().startsWith("/service/")
                  ? new byte[] {(byte) 0xa0}
                  : new byte[0];
          exchange.sendResponseHeaders(200, nothing.length == 0 ? -1 : nothing.length);
          exchange.getResponseBody().write(nothing);
          exchange.close();
        });
    server.start();
  }

  private static byte[] unzipped(byte[] body) throws IOException {
    boolean zipped = body.length > 2 && (body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b;
    return zipped ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<String> paths() {
    return paths;
  }

  List<byte[]> bodies() {
    return bodies;
  }

  static String text(byte[] body) {
    return new String(body, ISO_8859_1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
