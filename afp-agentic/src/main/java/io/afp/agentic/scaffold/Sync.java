package io.afp.agentic.scaffold;

import io.afp.agentic.documents.Block;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tree.ProcessTree;
import io.afp.agentic.tree.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Brings the parts of documents that are made from definitions in step with these. What somebody
 * edited inside of them is never written over.
 */
public final class Sync {

  /**
   * What becomes of a document that has such parts.
   *
   * @param path from the root of the project
   * @param before its text as it is
   * @param after its text as it has to be
   * @param edited ids of parts that somebody has edited
   */
  public record Change(String path, String before, String after, List<String> edited) {

    /** Whether something in it is behind. */
    public boolean isStale() {
      return !before.equals(after);
    }
  }

  private static final String DOCS = "docs";

  private final ProcessTree tree;
  private final Map<String, String> contents;

  /**
   * For a project, with what was found in it.
   *
   * @param told what a ledger tells; where none was asked, what is made of it stays
   */
  public Sync(ProcessModel model, Survey survey, Optional<LedgerBlocks> told) {
    this.tree = model.tree();
    this.contents = new Draft(survey, model.context().project()).variables();
    told.ifPresent(ledger -> contents.putAll(ledger.contents(survey)));
  }

  /** What would become of each document; nothing is written. */
  public List<Change> plan() {
    List<Change> changes = new ArrayList<>();
    for (String path : paths()) {
      Path file = tree.root().resolve(path);
      Optional<HandWritten> document = HandWritten.read(file).filter(d -> !blocks(d).isEmpty());
      document.ifPresent(d -> changes.add(change(path, d)));
    }
    return changes;
  }

  /** The documents of the process, and those that the project has beside it. */
  private SortedSet<String> paths() {
    SortedSet<String> paths = new TreeSet<>(tree.texts().keySet());
    Path docs = tree.root().resolve(DOCS);
    if (Files.isDirectory(docs, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.walk(docs)) {
        files
            .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
            .map(file -> ProcessTree.name(tree.root(), file))
            .filter(name -> name.endsWith(".md"))
            .forEach(paths::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return paths;
  }

  private static List<Block> blocks(HandWritten document) {
    return Block.in(document.text());
  }

  private Change change(String path, HandWritten document) {
    List<String> edited = blocks(document).stream().filter(Block::isEdited).map(Block::id).toList();
    String after = Block.replaced(document.text(), contents);
    return new Change(path, document.write(document.text()), document.write(after), edited);
  }

  /** Does what was planned. */
  public void apply(List<Change> changes) {
    changes.stream()
        .filter(Change::isStale)
        .forEach(change -> TextFile.write(tree.root(), change.path(), change.after()));
  }
}
