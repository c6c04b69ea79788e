package io.afp.agentic.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afp.agentic.tree.PlainPath;
import io.afp.core.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A file of JSON objects, one a line, to which lines are only added.
 *
 * <p>Each has a seal over itself and the seal of the line before, so that a line that was changed,
 * left out or put in between breaks the chain. That shows edits; it does not stop somebody who
 * computes all seals anew.
 */
public final class SealedLines {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SEAL = "seal";

  private final Path file;
  private final List<ObjectNode> lines = new ArrayList<>();
  private int broken;
  private String last = "";

  private SealedLines(Path file) {
    this.file = file;
  }

  /**
   * The lines of a file up to the first one that is not as it was written; none without a file. A
   * link, also on the way to it, is not as it was written: what is behind it belongs to another.
   *
   * @param path from the root of the project
   */
  public static SealedLines read(Path root, String path) {
    Path file = root.resolve(path);
    SealedLines lines = new SealedLines(file);
    if (!PlainPath.isPlain(root, path)) {
      lines.broken = 1;
    } else if (Files.isRegularFile(file)) {
      try {
        Files.readAllLines(file).forEach(lines::take);
      } catch (IOException e) {
        lines.broken = 1;
      }
    }
    return lines;
  }

  private void take(String line) {
    if (broken > 0) {
      return;
    }
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(line);
      String seal = json.remove(SEAL).asText();
      if (!seal.equals(seal(json))) {
        throw new IllegalArgumentException("the seal is of another line");
      }
      lines.add(json);
      last = seal;
    } catch (JsonProcessingException | RuntimeException e) {
      broken = lines.size() + 1;
    }
  }

  private String seal(ObjectNode json) {
    return Sha256.of(last + "\n" + json);
  }

  /** What was written, without the seals. */
  public List<ObjectNode> all() {
    return List.copyOf(lines);
  }

  /** The first line that is not as it was written, from 1; 0 where all are. */
  public int brokenLine() {
    return broken;
  }

  /** Adds a line, after those that other processes have added meanwhile. */
  public void add(ObjectNode json) {
    add(() -> json);
  }

  /** Adds a line that is made when those of other processes are read, and nobody adds another. */
  public void add(Supplier<ObjectNode> made) {
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.lock(); // until the channel is closed
        reread(channel);
        ObjectNode json = made.get();
        String seal = seal(json);
        ObjectNode sealed = json.deepCopy().put(SEAL, seal);
        channel.write(ByteBuffer.wrap((sealed + "\n").getBytes(StandardCharsets.UTF_8)));
        lines.add(json);
        last = seal;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By the channel that has the lock: to close another one would give the lock back. */
  private void reread(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      continue;
    }
    lines.clear();
    broken = 0;
    last = "";
    new String(bytes.array(), StandardCharsets.UTF_8).lines().forEach(this::take);
  }

  /** An object to be added. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
