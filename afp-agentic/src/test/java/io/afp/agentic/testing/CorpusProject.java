package io.afp.agentic.testing;

import io.afp.agentic.evidence.TaskState;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.gate.PhaseGate;
import io.afp.agentic.journal.Person;
import io.afp.agentic.lifecycle.Lifecycle;
import io.afp.agentic.lint.Lint;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tasks.TaskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/**
 * A project of the corpus in a folder of its own: what is there at the start, the work on its task,
 * the evidence of that, and what happened after.
 *
 * @param root of the project
 */
public record CorpusProject(Path root) {

  public static final Path CORPUS = Path.of("src/test/corpus");
  public static final String TASK = "orders/land_orders";
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-30T18:00:00Z"), ZoneOffset.UTC);

  private static final Person PERSON = new Person("Ada", "terminal");
  private static final Path CLEAN = CORPUS.resolve("clean");

  /** The project before anybody works. */
  public static CorpusProject started(Path root) {
    CorpusProject project = new CorpusProject(root);
    project.copy(CLEAN.resolve("start"));
    return project;
  }

  /** The project with its task verified, but for what a defect changes. */
  public static CorpusProject with(Path defect, Path root) {
    CorpusProject project = started(root);
    project.copy(defect.resolve("start"));
    project.start();
    project.work();
    project.copy(defect.resolve("work"));
    project.verify(new Findings());
    project.decide(defect.resolve("decisions.txt"));
    project.copy(defect.resolve("after"));
    project.remove(defect.resolve("removed.txt"));
    return project;
  }

  /** The project with its task verified. */
  public static CorpusProject verified(Path root) {
    return with(CLEAN.resolve("nothing"), root);
  }

  public ProcessModel model() {
    return ProcessModel.read(root);
  }

  public List<Finding> lint() {
    return Lint.check(model());
  }

  public static List<Code> codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).toList();
  }

  public TaskFile task() {
    return model().task(TASK);
  }

  public TaskState state() {
    return model().state(task());
  }

  public TaskState start() {
    ProcessModel model = model();
    return model.work(model.task(TASK), CLOCK).start();
  }

  public void work() {
    copy(CLEAN.resolve("work"));
  }

  public TaskState verify(Findings findings) {
    ProcessModel model = model();
    return model.work(model.task(TASK), CLOCK).verify(findings);
  }

  public TaskState close(Findings findings) {
    ProcessModel model = model();
    return model.work(model.task(TASK), CLOCK).close(findings);
  }

  public String text(String path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(String path, String text) {
    try {
      Files.createDirectories(root.resolve(path).getParent());
      Files.writeString(root.resolve(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void replace(String path, String before, String after) {
    if (!text(path).contains(before)) {
      throw new IllegalArgumentException("%s has no '%s'".formatted(path, before));
    }
    write(path, text(path).replace(before, after));
  }

  public void delete(String path) {
    try {
      Files.delete(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void approve(String phase) {
    ProcessModel model = model();
    new PhaseGate(model).approve(Lifecycle.standard().require(phase), PERSON, "", CLOCK);
  }

  /** What people decide, one decision a line. */
  private void decide(Path list) {
    if (!Files.exists(list)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(list)) {
        String phase = line.substring(line.indexOf(' ') + 1);
        if (line.equals("close")) {
          close(new Findings());
        } else if (line.startsWith("approve")) {
          approve(phase);
        } else {
          new PhaseGate(model()).reopen(Lifecycle.standard().require(phase), PERSON, "", CLOCK);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(Path list) {
    if (Files.exists(list)) {
      try {
        Files.readAllLines(list).forEach(this::delete);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void copy(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = root.resolve(folder.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        to.toFile().setExecutable(to.toString().endsWith(".sh"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
