package io.afp.agentic.tree;

import io.afp.agentic.documents.Markdown;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Problems;
import io.afp.core.yaml.Document;
import io.afp.core.yaml.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder {@code agent-prompts} of a project, with the text of each of its files.
 *
 * <p>Every file is read once, so that all checks of a call see the same state. Keys are paths from
 * the root of the project, with slashes.
 */
public final class ProcessTree {

  /** The folder below the root of a project. */
  public static final String FOLDER = "agent-prompts";

  private final Path root;
  private final SortedMap<String, String> texts;
  private final SortedMap<String, Markdown> documents = new TreeMap<>();
  private final Findings unreadable;

  private ProcessTree(Path root, SortedMap<String, String> texts, Findings unreadable) {
    this.root = root;
    this.texts = texts;
    this.unreadable = unreadable;
    texts.forEach(
        (path, text) -> {
          if (path.endsWith(".md")) {
            documents.put(path, Markdown.parse(path, text));
          }
        });
  }

  /**
   * Reads the files of a project.
   *
   * @throws AfpException PROCESS_MISSING if it has no such folder
   */
  public static ProcessTree read(Path root) {
    Path folder = root.resolve(FOLDER);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new AfpException(
          ErrorCode.PROCESS_MISSING,
          "Cannot find the process: the project has no folder %s (project=%s)"
              .formatted(FOLDER, root),
          "Make the folder with its documents, or name another project by --project DIR.");
    }
    SortedMap<String, String> texts = new TreeMap<>();
    Findings unreadable = new Findings();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .filter(ProcessTree::isText)
          .forEach(file -> read(root, file, texts, unreadable));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProcessTree(root, texts, unreadable);
  }

  private static boolean isText(Path file) {
    String name = file.getFileName().toString();
    return List.of(".md", ".yaml", ".yml").stream().anyMatch(name::endsWith);
  }

  private static void read(Path root, Path file, Map<String, String> texts, Findings unreadable) {
    String name = name(root, file);
    if (PlainPath.inside(root, name).isEmpty()) {
      unreadable.add(
          Code.DOC011, name, 0, "Cannot read %s: it is a link that leads out".formatted(name));
      return;
    }
    try {
      texts.put(name, Files.readString(file));
    } catch (CharacterCodingException e) {
      unreadable.add(
          Code.DOC011, name, 0, "Cannot read %s: it is not text in UTF-8".formatted(name));
    } catch (IOException e) {
      String why = e.getClass().getSimpleName();
      unreadable.add(
          Code.DOC011, name, 0, "Cannot read %s: no access (reason=%s)".formatted(name, why));
    }
  }

  /** The root of the project, absolute and normalised. */
  public Path root() {
    return root;
  }

  /** The text of a file below {@link #FOLDER}; empty when it is not there or can't be read. */
  public Optional<String> text(String below) {
    return Optional.ofNullable(texts.get(path(below)));
  }

  /**
   * What a YAML file below {@link #FOLDER} holds; empty when it is not there or can't be read.
   *
   * @param code under which it is found why it can't be read
   */
  public <T> Optional<T> yaml(String below, Shape<T> shape, Code code, Findings findings) {
    Problems problems = new Problems();
    Optional<T> read =
        text(below)
            .flatMap(text -> Document.parse(text, path(below), problems))
            .flatMap(shape::read);
    findings.addAll(code, problems);
    return read;
  }

  /** The text of every file that could be read, by its path. */
  public SortedMap<String, String> texts() {
    return Collections.unmodifiableSortedMap(texts);
  }

  /** A document below {@link #FOLDER}. */
  public Optional<Markdown> document(String below) {
    return Optional.ofNullable(documents.get(path(below)));
  }

  /** All documents. */
  public List<Markdown> documents() {
    return List.copyOf(documents.values());
  }

  /** The documents in a folder below {@link #FOLDER}, and in those below it. */
  public List<Markdown> documentsIn(String folder) {
    String start = path(folder) + "/";
    return documents.values().stream().filter(d -> d.path().startsWith(start)).toList();
  }

  /** Whether there is a file, or a folder that is not empty, below {@link #FOLDER}. */
  public boolean has(String below) {
    String path = path(below);
    return texts.keySet().stream().anyMatch(t -> t.equals(path) || t.startsWith(path + "/"))
        || Files.isRegularFile(root.resolve(path));
  }

  /**
   * What a document means by a path: documents write it from their own folder, from {@link
   * #FOLDER}, or from the root; empty when no such file is there.
   */
  public Optional<Path> find(String from, String text) {
    String folder = from.substring(0, Math.max(0, from.lastIndexOf('/')));
    return Stream.of(folder, FOLDER, "")
        .map(base -> base.isEmpty() ? text : base + "/" + text)
        .flatMap(each -> PlainPath.inside(root, each).stream())
        .filter(Files::exists)
        .findFirst();
  }

  /** What could not be read. */
  public Findings unreadable() {
    return unreadable;
  }

  /** A path below {@link #FOLDER} from the root of the project. */
  public static String path(String below) {
    return FOLDER + "/" + below;
  }

  /** A file as findings name it. */
  public static String name(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
