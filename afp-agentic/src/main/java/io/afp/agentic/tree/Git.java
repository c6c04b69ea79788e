package io.afp.agentic.tree;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What git knows of a project; nothing where there is no git, or the project is in none. */
public final class Git {

  /** Where the path begins in a line of {@code git status --porcelain}. */
  private static final int PORCELAIN = 3;

  private static final String OURS = ".afp";

  /** What of {@link #OURS} is committed; the rest is a database, a warehouse. */
  private static final Set<String> COMMITTED =
      Set.of("evidence", "approvals.jsonl", "prompts.jsonl", "templates");

  private Git() {}

  /** The commit that is checked out. */
  public static Optional<String> head(Path root) {
    return first(root, Map.of(), "rev-parse", "HEAD");
  }

  /** The files that the next commit changes, from the root of the project. */
  public static Optional<List<String>> staged(Path root) {
    return lines(root, "diff", "--cached", "--name-only", "--relative");
  }

  /**
   * The state of all files of a project, whether committed or not, as a tree of git; what git
   * ignores is not in it, and neither is what AFP keeps on this machine alone. Its index stays as
   * it is.
   */
  public static Optional<String> snapshot(Path root) {
    try {
      Path index = Files.createTempFile("afp", ".index");
      try {
        Files.delete(index);
        Map<String, String> own = Map.of("GIT_INDEX_FILE", index.toString());
        List<String> add = new ArrayList<>(List.of("add", "-A", "--", "."));
        add.addAll(machineOnly(root));
        return answer(root, own, "", add.toArray(String[]::new))
            .flatMap(added -> first(root, own, "write-tree"));
      } finally {
        Files.deleteIfExists(index);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As words that leave it out; git fails on such a word for what it ignores anyway. */
  private static List<String> machineOnly(Path root) throws IOException {
    Path ours = root.resolve(OURS);
    if (!Files.isDirectory(ours)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(ours)) {
      List<String> others =
          children
              .map(child -> child.getFileName().toString())
              .filter(name -> !COMMITTED.contains(name))
              .map(name -> OURS + "/" + name)
              .toList();
      Set<String> ignored = ignored(root, others);
      return others.stream()
          .filter(path -> !ignored.contains(path))
          .map(":(exclude,literal)"::concat)
          .toList();
    }
  }

  private static Set<String> ignored(Path root, List<String> paths) {
    String input = String.join("\0", paths);
    return answer(root, Map.of(), input, "check-ignore", "--no-index", "--stdin", "-z")
        .map(said -> Set.of(said.split("\0")))
        .orElse(Set.of());
  }

  /** What differs between two trees or commits, below the root of the project. */
  public static Optional<List<Change>> changes(Path root, String before, String after) {
    if (before.startsWith("-") || after.startsWith("-")) {
      return Optional.empty();
    }
    return lines(
            root,
            "diff",
            "--no-ext-diff",
            "--no-renames",
            "--numstat",
            "--relative",
            before,
            after,
            "--")
        .map(lines -> lines.stream().map(Change::parse).toList());
  }

  /**
   * What became of a file, as git counts it.
   *
   * @param added lines; 0 where it is no text
   * @param deleted lines; 0 where it is no text
   */
  public record Change(String path, long added, long deleted) {

    private static Change parse(String line) {
      String[] words = line.split("\t", 3);
      return new Change(words[2], count(words[0]), count(words[1]));
    }

    private static long count(String word) {
      return word.equals("-") ? 0 : Long.parseLong(word);
    }
  }

  /** Who git says is at work. */
  public static Optional<String> user(Path root) {
    return first(root, Map.of(), "config", "user.name");
  }

  /** Those of some files that differ from the last commit, or are in none. */
  public static Optional<List<String>> uncommitted(Path root, List<String> paths) {
    List<String> arguments = new ArrayList<>(List.of("status", "--porcelain", "--"));
    arguments.addAll(paths);
    return paths.isEmpty()
        ? Optional.of(List.of())
        : lines(root, arguments.toArray(String[]::new))
            .map(lines -> lines.stream().map(line -> line.substring(PORCELAIN)).toList());
  }

  /**
   * What a commit has of the files below some paths, which are written from the root of the
   * project.
   *
   * @param commit in any form that git understands
   */
  public static Optional<List<Blob>> blobs(Path root, String commit, String... paths) {
    if (commit.startsWith("-")) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>(List.of("ls-tree", "-r", "-l", commit, "--"));
    arguments.addAll(List.of(paths));
    return lines(root, arguments.toArray(String[]::new))
        .map(lines -> lines.stream().map(Blob::parse).toList());
  }

  /**
   * A file of a commit.
   *
   * @param id the checksum by which git knows it
   */
  public record Blob(String path, String id, int size) {

    private static final int SHA1_LENGTH = 40;

    /** A line such as {@code 100644 blob 1a2b… 120<tab>path}. */
    private static Blob parse(String line) {
      int tab = line.indexOf('\t');
      String[] words = line.substring(0, tab).split(" +");
      return new Blob(line.substring(tab + 1), words[2], Integer.parseInt(words[3]));
    }

    /** Whether a text begins with what was committed. */
    public boolean begins(byte[] text) {
      return text.length >= size && id.equals(id(text));
    }

    private String id(byte[] text) {
      try {
        String algorithm = id.length() == SHA1_LENGTH ? "SHA-1" : "SHA-256";
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        digest.update("blob %d\0".formatted(size).getBytes(StandardCharsets.UTF_8));
        digest.update(text, 0, size);
        return HexFormat.of().formatHex(digest.digest());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has both", e);
      }
    }
  }

  private static Optional<List<String>> lines(Path root, String... arguments) {
    return answer(root, Map.of(), "", arguments).map(said -> said.lines().toList());
  }

  private static Optional<String> first(
      Path root, Map<String, String> environment, String... arguments) {
    return answer(root, environment, "", arguments).flatMap(said -> said.lines().findFirst());
  }

  /** What it prints, with paths as they are; empty where it fails. */
  private static Optional<String> answer(
      Path root, Map<String, String> environment, String input, String... arguments) {
    List<String> words = new ArrayList<>(List.of("git", "-c", "core.quotePath=false"));
    words.addAll(List.of(arguments));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().putAll(environment);
      Process git = builder.start();
      try (OutputStream to = git.getOutputStream()) {
        to.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
