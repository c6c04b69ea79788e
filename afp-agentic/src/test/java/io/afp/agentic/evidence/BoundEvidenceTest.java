package io.afp.agentic.evidence;

import static io.afp.agentic.testing.CorpusProject.codes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.journal.Person;
import io.afp.agentic.journal.SealedLines;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tasks.TaskStatus;
import io.afp.agentic.testing.CorpusProject;
import io.afp.agentic.testing.GitFolder;
import io.afp.core.error.AfpException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence is bound to what is committed, to what judges, to who judges, and to later work. */
class BoundEvidenceTest {

  private static final String FILE = "agent-prompts/tasks/orders/land_orders.md";
  private static final String DELIVERABLE = "orders/src/main/java/LandOrders.java";
  private static final String TEST = "orders/src/test/java/OldTest.java";
  private static final String EVIDENCE = ".afp/evidence/orders/land_orders.jsonl";
  private static final Person ADA = new Person("Ada", "terminal");

  @TempDir Path folder;
  private CorpusProject project;

  @BeforeEach
  void aProjectWithATask() {
    project = CorpusProject.started(folder);
  }

  @Test
  void committedLinesThatWereRewrittenWithValidSealsAreFound() throws IOException {
    project.start();
    GitFolder git = GitFolder.of(folder).commit();
    project.work();
    project.verify(new Findings());
    assertThat(project.lint()).as("lines that were added").isEmpty();

    Files.delete(folder.resolve(EVIDENCE));
    project.start();
    project.verify(new Findings());
    SealedLines.read(folder, EVIDENCE).add(SealedLines.object().put("event", "STARTED"));

    assertThat(codes(project.lint())).contains(Code.TSK008);
    assertThat(codes(project.model().check(project.task()).all())).contains(Code.TSK008);
    git.commit();
    assertThat(codes(project.lint()))
        .as("committed: that is for --against")
        .doesNotContain(Code.TSK008);
  }

  @Test
  void committedEvidenceThatIsDeletedIsFoundUnlessItsTaskIsGoneToo() {
    project.start();
    GitFolder.of(folder).commit();
    project.delete(EVIDENCE);
    assertThat(codes(project.lint())).containsOnly(Code.TSK008, Code.TSK010);

    project.delete(FILE);
    assertThat(codes(project.lint())).doesNotContain(Code.TSK008);
  }

  @Test
  void approvalsThatWereRewrittenAreFound() {
    project.approve("0");
    GitFolder.of(folder).commit();
    project.delete(".afp/approvals.jsonl");
    project.approve("0");
    project.approve("0");
    assertThat(project.text(".afp/approvals.jsonl").lines()).hasSize(2);
    assertThat(codes(project.lint())).as("the same decision at the same time").isEmpty();

    project.delete(".afp/approvals.jsonl");
    assertThat(codes(project.lint())).contains(Code.PHA003);
  }

  @Test
  void aJournalBehindALinkIsNotBelieved(@TempDir Path elsewhere) throws IOException {
    project.start();
    Path there = Files.move(folder.resolve(EVIDENCE), elsewhere.resolve("journal"));
    Files.createSymbolicLink(folder.resolve(EVIDENCE), there);

    assertThat(codes(project.lint())).containsOnly(Code.TSK008);
  }

  @Test
  void aBuildThatIsChangedAfterItsEvidenceMakesItStale() {
    done();
    project.write("pom.xml", project.text("pom.xml") + "<!-- skipTests -->\n");

    assertThat(codes(project.lint())).containsOnly(Code.TSK006);
  }

  @Test
  void anAllowListThatIsChangedAfterTheEvidenceMakesItStale() {
    done();
    project.replace(
        "agent-prompts/context/system_context.yaml", "[./check.sh]", "[./check.sh, mvn]");

    assertThat(codes(project.lint())).containsOnly(Code.TSK006);
  }

  @Test
  void aTestThatIsMadeEasierDuringTheWorkIsFound() {
    project.start();
    project.work();
    project.write(TEST, "class OldTest { /* always passes */ }\n");

    Findings findings = new Findings();
    assertThat(project.close(findings).status()).isNotEqualTo(TaskStatus.CLOSED);
    assertThat(codes(findings.all())).contains(Code.TSK019);

    another(TEST);
    assertThat(codes(project.lint())).as("nobody works on that task").contains(Code.TSK019);
    startOther();
    assertThat(codes(project.lint())).as("a task delivers it").doesNotContain(Code.TSK019);
  }

  @Test
  void aTestStaysAlsoWhenItsTaskIsClosedUntilAPersonBeginsThatAnew() {
    done();
    project.delete(TEST);
    assertThat(codes(project.lint())).containsOnly(Code.TSK009);
    project.write(TEST, "class OldTest {}\n");
    assertThat(project.close(new Findings()).status()).isEqualTo(TaskStatus.CLOSED);

    project.delete(TEST);
    assertThat(codes(project.lint())).containsOnly(Code.TSK009);

    project.model().work(project.task(), CorpusProject.CLOCK).startAgain(ADA);
    assertThat(project.lint()).isEmpty();
  }

  @Test
  void aTaskThatWasClosedAndIsBegunAnewNeedsWorkAgain() {
    done();
    assertThat(project.close(new Findings()).status()).isEqualTo(TaskStatus.CLOSED);
    project.model().work(project.task(), CorpusProject.CLOCK).startAgain(ADA);

    Findings findings = new Findings();
    assertThat(project.close(findings).status()).isEqualTo(TaskStatus.IN_PROGRESS);
    assertThat(codes(findings.all())).containsOnly(Code.TSK005);
  }

  @Test
  void aClosedTasksFileMayOnlyBeChangedByAnotherTask() {
    done();
    project.close(new Findings());
    project.write(DELIVERABLE, "class LandOrders { void land() { /* other */ } }\n");
    assertThat(codes(project.lint())).containsExactly(Code.TSK018);

    assertThat(project.close(new Findings()).status()).isEqualTo(TaskStatus.CLOSED);
    assertThat(project.lint()).as("judged anew").isEmpty();

    another(DELIVERABLE);
    startOther();
    project.write(DELIVERABLE, "class LandOrders { void land() { /* second */ } }\n");
    assertThat(codes(project.lint())).doesNotContain(Code.TSK018);
  }

  @Test
  void twoTasksMayDeliverAFileSideBySide() {
    another(DELIVERABLE);
    startOther();
    done();
    Clock later = Clock.offset(CorpusProject.CLOCK, Duration.ofMinutes(1));
    project.model().work(project.task(), later).close(new Findings());

    project.write(DELIVERABLE, "class LandOrders { void land() { /* by the second */ } }\n");
    assertThat(codes(project.lint())).doesNotContain(Code.TSK018);

    project.delete("agent-prompts/tasks/orders/second.md");
    assertThat(codes(project.lint())).contains(Code.TSK018);
  }

  @Test
  void onlyWhoIsNamedAcceptsACriterion() {
    project.replace(FILE, "verify: `./check.sh`", "manual: sales");
    project.start();
    project.work();
    TaskFile task = project.task();
    TaskWork work = project.model().work(task, CorpusProject.CLOCK);

    assertThatThrownBy(() -> work.accept(task.criteria().get(0), new Person("Eve", "variable")))
        .isInstanceOf(AfpException.class)
        .hasMessageContaining("sales judges it, and not Eve");
    assertThat(work.accept(task.criteria().get(0), ADA).proven()).isOne();

    project.replace("agent-prompts/context/system_context.yaml", "Ada, Bob", "Bob");
    assertThat(project.state().proofs()).containsEntry("SC-1", Proof.OPEN);
  }

  @Test
  void aPersonMayBeginATaskAnew() {
    done();
    project.write(TEST, "class OldTest { /* another world */ }\n");
    project.replace(FILE, "SC-1 Rows that break the contract are kept", "SC-1 Rows are counted");

    TaskState state = project.model().work(project.task(), CorpusProject.CLOCK).startAgain(ADA);

    assertThat(state.status()).isEqualTo(TaskStatus.IN_PROGRESS);
    assertThat(project.lint()).isEmpty();
    assertThat(project.text(EVIDENCE)).contains("\"by\":\"Ada\"");
    assertThat(project.verify(new Findings()).status()).isEqualTo(TaskStatus.VERIFIED);
    assertThat(project.close(new Findings()).status()).isEqualTo(TaskStatus.CLOSED);
  }

  @Test
  void whatWasThereBeforeTheFirstStartIsNoWorkAfterAnother() {
    project.work();
    project.start();
    project.model().work(project.task(), CorpusProject.CLOCK).startAgain(ADA);

    Findings findings = new Findings();
    project.verify(findings);

    assertThat(codes(findings.all())).containsExactly(Code.TSK005);
  }

  @Test
  void whatAFailingCommandPrintsIsKeptWithoutSecrets() {
    project.start();
    project.work();
    project.write("check.sh", "#!/bin/sh\necho password=hunter2hunter2; exit 1\n");
    project.verify(new Findings());

    assertThat(project.text(EVIDENCE)).contains("\"tail\":\"***\"").doesNotContain("hunter2");
  }

  @Test
  void ofASecretThatIsLongerThanWhatIsKeptNoPartIsKept() {
    project.start();
    project.work();
    String key =
        "-----BEGIN PRIVATE KEY-----\n" + "MIIE".repeat(700) + "\n-----END PRIVATE KEY-----";
    project.write("check.sh", "#!/bin/sh\ncat <<END\n" + key + "\nEND\nexit 1\n");
    project.verify(new Findings());

    assertThat(project.text(EVIDENCE)).contains("\"tail\":\"***\"").doesNotContain("MIIE");
  }

  @Test
  void frontMatterWithoutAStatusGetsOne() {
    project.replace(FILE, "status: ready\n", "");
    done();

    assertThat(project.text(FILE)).contains("status: verified\n---\n");
    assertThat(project.lint()).isEmpty();
  }

  private void done() {
    project.start();
    project.work();
    Findings findings = new Findings();
    project.verify(findings);
    assertThat(findings.all()).isEmpty();
  }

  private void startOther() {
    project.model().work(project.model().task("orders/second"), CorpusProject.CLOCK).start();
  }

  private void another(String delivers) {
    project.write(
        "agent-prompts/tasks/orders/second.md",
        project
            .text("agent-prompts/tasks/orders/land_orders.md")
            .replace("land_orders", "second")
            .replace("status: closed", "status: ready")
            .replace("- [x]", "- [ ]")
            .replace(DELIVERABLE, delivers));
  }
}
