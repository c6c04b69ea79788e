package io.afp.core.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Stands before a Postgres and says to the first who connects that it is starting up. */
final class StartingServer implements AutoCloseable {

  private static final int SSL_REQUEST = 80877103;
  private static final String ANSWER = "SFATAL\0C57P03\0Mthe database system is starting up\0\0";

  private final ServerSocket socket;
  private final Database.Account account;
  private final URI address;

  private StartingServer(ServerSocket socket, Database.Account account) {
    this.socket = socket;
    this.account = account;
    this.address = URI.create(account.uri().replaceFirst("^jdbc:", ""));
  }

  static StartingServer before(Database.Account account) throws IOException {
    ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    StartingServer server = new StartingServer(socket, account);
    inBackground(server::serve);
    return server;
  }

  Database.Account account() {
    String here = "//127.0.0.1:%d/".formatted(socket.getLocalPort());
    return new Database.Account(
        account.uri().replaceFirst("//[^/]*/", here), account.user(), account.password());
  }

  private void serve() throws IOException {
    try (Socket first = socket.accept()) {
      refuse(first);
    }
    while (!socket.isClosed()) {
      forward(socket.accept());
    }
  }

  private static void refuse(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    byte[] message = in.readNBytes(in.readInt() - 4);
    if (ByteBuffer.wrap(message).getInt() == SSL_REQUEST) {
      client.getOutputStream().write('N');
      in.readNBytes(in.readInt() - 4);
    }
    byte[] fields = ANSWER.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write('E');
    answer.writeBytes(ByteBuffer.allocate(4).putInt(fields.length + 4).array());
    answer.writeBytes(fields);
    client.getOutputStream().write(answer.toByteArray());
    in.readAllBytes();
  }

  private void forward(Socket client) throws IOException {
    Socket server = new Socket(address.getHost(), address.getPort());
    inBackground(() -> client.getInputStream().transferTo(server.getOutputStream()));
    inBackground(() -> server.getInputStream().transferTo(client.getOutputStream()));
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // the test has ended and closed the connection
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
