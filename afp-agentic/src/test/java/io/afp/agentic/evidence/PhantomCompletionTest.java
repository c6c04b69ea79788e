package io.afp.agentic.evidence;

import static io.afp.agentic.testing.CorpusProject.codes;
import static org.assertj.core.api.Assertions.assertThat;

import io.afp.agentic.context.VerifyPolicy;
import io.afp.agentic.finding.Code;
import io.afp.agentic.finding.Finding;
import io.afp.agentic.finding.Findings;
import io.afp.agentic.journal.Person;
import io.afp.agentic.journal.SealedLines;
import io.afp.agentic.model.ProcessModel;
import io.afp.agentic.tasks.TaskFile;
import io.afp.agentic.tasks.TaskStatus;
import io.afp.agentic.tasks.VerifyCommand;
import io.afp.agentic.testing.CorpusProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that is claimed and was not done is found, whichever way it is claimed. */
class PhantomCompletionTest {

  private static final String FILE = "agent-prompts/tasks/orders/land_orders.md";
  private static final String DELIVERABLE = "orders/src/main/java/LandOrders.java";
  private static final String EVIDENCE = ".afp/evidence/orders/land_orders.jsonl";

  @TempDir Path folder;
  private CorpusProject project;

  @BeforeEach
  void aProjectWithATask() {
    project = CorpusProject.started(folder);
  }

  @Test
  void aBoxThatIsTickedBeforeTheStartIsFound() {
    tick();

    assertThat(codes(project.lint())).containsOnly(Code.TSK006);
  }

  @Test
  void aBoxThatIsTickedWithoutTheFileIsFound() {
    project.start();
    tick();

    assertThat(codes(project.lint())).containsOnly(Code.TSK005);
  }

  @Test
  void aStatusThatIsWrittenWithoutAnyWorkIsFound() {
    project.start();
    project.replace(FILE, "status: in-progress", "status: verified");

    assertThat(codes(project.lint())).containsOnly(Code.TSK005);
  }

  @Test
  void aFileThatIsAsItWasBeforeTheWorkIsNoWork() {
    project.work();
    project.start();
    Findings findings = new Findings();

    TaskState state = project.verify(findings);

    assertThat(codes(findings.all())).containsExactly(Code.TSK005);
    assertThat(state.status()).isEqualTo(TaskStatus.IN_PROGRESS);
    assertThat(project.text(EVIDENCE)).as("no command was run").doesNotContain("RAN");
  }

  @Test
  void anEmptyFileAndALinkToAnotherFileAreNoWork() throws IOException {
    project.start();
    project.write(DELIVERABLE, "");
    assertThat(verified()).containsExactly(Code.TSK005);

    project.delete(DELIVERABLE);
    Files.createSymbolicLink(folder.resolve(DELIVERABLE), folder.resolve("check.sh"));
    assertThat(verified()).containsExactly(Code.TSK005);
  }

  @Test
  void aTestThatIsDeletedIsFoundAlthoughAllOthersPass() {
    project.start();
    project.work();
    project.delete("orders/src/test/java/OldTest.java");

    assertThat(verified()).containsExactly(Code.TSK009);
    Findings findings = new Findings();
    assertThat(project.close(findings).status()).isNotEqualTo(TaskStatus.CLOSED);
    assertThat(codes(findings.all())).containsExactly(Code.TSK009);
  }

  @Test
  void anEditAfterTheEvidenceMakesItStale() {
    done();
    project.write(DELIVERABLE, "class LandOrders { void land() { /* and more */ } }\n");

    assertThat(codes(project.lint())).containsOnly(Code.TSK006);
    assertThat(project.state().proofs()).containsEntry("SC-1", Proof.STALE);
  }

  @Test
  void whatAPersonAcceptedIsStaleAfterAnEditToo() {
    project.replace(FILE, "verify: `./check.sh`", "manual: sales");
    project.start();
    project.work();
    TaskFile task = project.task();
    TaskWork work = project.model().work(task, CorpusProject.CLOCK);
    Person person = new Person("Ada", "terminal");
    assertThat(work.accept(task.criteria().get(0), person).status()).isEqualTo(TaskStatus.VERIFIED);

    project.write(DELIVERABLE, "class LandOrders { void land() { /* and more */ } }\n");

    assertThat(codes(project.lint())).containsOnly(Code.TSK006);
  }

  @Test
  void aCriterionThatIsMadeEasierAfterItsEvidenceIsFound() {
    done();
    project.replace(FILE, "SC-1 Rows that break the contract are kept", "SC-1 There is a file");

    assertThat(codes(project.lint())).containsOnly(Code.TSK006, Code.TSK014);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"exit\":1|\"exit\":0", "\"at\":\"2026|\"at\":\"2025", "RAN|ACCEPTED"})
  void evidenceThatIsEditedIsFound(String edit) {
    project.start();
    project.write(DELIVERABLE, "class Orders { /* does not do it */ }\n");
    project.verify(new Findings());
    assertThat(project.text(EVIDENCE)).contains("\"exit\":1");

    project.replace(
        EVIDENCE, edit.substring(0, edit.indexOf('|')), edit.substring(edit.indexOf('|') + 1));

    assertThat(codes(project.lint())).containsOnly(Code.TSK008);
    assertThat(project.state().proofs()).containsEntry("SC-1", Proof.OPEN);
  }

  @Test
  void evidenceOfAnotherTaskIsNoEvidence() throws IOException {
    done();
    project.write(
        "agent-prompts/tasks/orders/second.md",
        project.text(FILE).replace("land_orders", "second").replace("LandOrders", "Second"));
    Files.copy(folder.resolve(EVIDENCE), folder.resolve(".afp/evidence/orders/second.jsonl"));

    assertThat(codes(project.lint())).containsOnly(Code.TSK005, Code.TSK014);
  }

  @Test
  void whoForgesAllSealsIsFoundWhenTheTaskIsClosed() {
    project.start();
    project.write(DELIVERABLE, "class Orders { /* does not do it */ }\n");
    Journal journal = Journal.read(folder, project.task());
    var forged = SealedLines.object().put("event", "RAN").put("criterion", "SC-1").put("exit", 0);
    forged.put("promise", project.task().criteria().get(0).promise());
    forged.put(
        "judged_by", TaskState.judges(new Checksums(folder), journal, project.model().context()));
    new Checksums(folder).of(project.task()).forEach(forged.putObject("deliverables")::put);
    journal.add(forged);
    assertThat(project.state().proofs()).containsEntry("SC-1", Proof.PROVEN);

    Findings findings = new Findings();
    TaskState state = project.close(findings);

    assertThat(codes(findings.all())).contains(Code.TSK016);
    assertThat(state.status()).isEqualTo(TaskStatus.IN_PROGRESS);
    assertThat(project.text(FILE)).contains("- [ ] SC-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./check.sh || true", "./check.sh; true", "sh -c true", "true", "bash check.sh",
        "/bin/true", "./check.sh > /dev/null", "$(true)", "env true", "\"./check.sh"
      })
  void aCommandThatIsNotAllowedIsRefused(String command) {
    project.replace(FILE, "./check.sh", command);

    assertThat(codes(check())).containsOnly(Code.TSK011);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./mvnw -q validate", "./mvnw test -D maven.test.skip=true",
            "./mvnw verify -DskipTests=true",
        "java --list-modules", "java -version", "./mvnw test -fn"
      })
  void aCommandThatRunsNoTestIsRefused(String command) {
    VerifyPolicy policy = VerifyPolicy.DEFAULT;

    assertThat(VerifyCommand.complaint(command, policy, folder).orElseThrow().code())
        .isEqualTo(Code.TSK015);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"./mvnw test -f/tmp/x/pom.xml", "java @/tmp/args", "java -cp=/tmp/x.jar X"})
  void anArgumentThatLeadsOutIsRefused(String command) {
    assertThat(VerifyCommand.complaint(command, VerifyPolicy.DEFAULT, folder).orElseThrow().code())
        .isEqualTo(Code.TSK012);
  }

  @ParameterizedTest
  @ValueSource(strings = {"./mvnw -q test -DskipTests=false", "java -cp target/classes Check"})
  void aCommandThatJudgesIsAllowed(String command) {
    assertThat(VerifyCommand.complaint(command, VerifyPolicy.DEFAULT, folder)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"./check.sh --version", "./check.sh -h", "./check.sh -DskipTests"})
  void aCommandThatProvesNothingIsRefused(String command) {
    project.replace(FILE, "./check.sh", command);

    assertThat(codes(check())).containsOnly(Code.TSK015);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../LandOrders.java", "/tmp/LandOrders.java", "orders/../../x.java", "~/x.java"})
  void aPathThatLeadsOutOfTheProjectIsRefused(String path) {
    project.replace(FILE, DELIVERABLE, path);

    assertThat(codes(check())).containsOnly(Code.TSK012);
  }

  @Test
  void aFolderThatIsALinkOutOfTheProjectIsRefused(@TempDir Path elsewhere) throws IOException {
    Files.createSymbolicLink(folder.resolve("outside"), elsewhere);
    project.replace(FILE, DELIVERABLE, "outside/LandOrders.java");

    assertThat(codes(check())).containsOnly(Code.TSK012);
  }

  @Test
  void aScriptThatIsALinkOutOfTheProjectIsRefused() throws IOException {
    project.delete("check.sh");
    Files.createSymbolicLink(folder.resolve("check.sh"), Path.of("/bin/true"));

    assertThat(codes(check())).containsOnly(Code.TSK012);
  }

  @Test
  void aCommandThatWritesItsOwnDeliverableProvesNothing() {
    project.start();
    project.work();
    project.write("check.sh", "#!/bin/sh\necho '// again' >> " + DELIVERABLE + "\n");

    assertThat(verified()).containsExactly(Code.TSK006);
  }

  @Test
  void aForgedClosingIsNotBelievedByTheNextOne() {
    project.start();
    project.write(DELIVERABLE, "class Orders { /* does not do it */ }\n");
    SealedLines journal = SealedLines.read(folder, EVIDENCE);
    String judges =
        TaskState.judges(
            new Checksums(folder), Journal.read(folder, project.task()), project.model().context());
    for (String event : List.of("RAN", "CLOSED")) {
      var forged = SealedLines.object().put("event", event).put("exit", 0);
      forged.put("criterion", event.equals("RAN") ? "SC-1" : "").put("judged_by", judges);
      forged.put("promise", project.task().criteria().get(0).promise());
      new Checksums(folder).of(project.task()).forEach(forged.putObject("deliverables")::put);
      journal.add(forged);
    }
    assertThat(project.state().status()).isEqualTo(TaskStatus.CLOSED);

    Findings findings = new Findings();
    assertThat(project.close(findings).status()).isEqualTo(TaskStatus.IN_PROGRESS);
    assertThat(codes(findings.all())).contains(Code.TSK016);
  }

  @Test
  void whatAClosedTaskDeliveredMayNotGetLost() {
    done();
    project.close(new Findings());
    project.delete(DELIVERABLE);
    assertThat(codes(project.lint())).containsOnly(Code.TSK005);

    project.work();
    project.write("orders/src/test/java/OldTest.java", "");
    assertThat(codes(project.lint())).containsOnly(Code.TSK009);
  }

  @Test
  void aDeliverableThatIsTakenBackAfterTheStartIsFound() {
    done();
    project.replace(FILE, DELIVERABLE, "check.sh");

    assertThat(codes(project.lint())).contains(Code.TSK014);
  }

  @Test
  void aScriptThatIsEditedAfterItsEvidenceMakesItStale() {
    done();
    project.write("check.sh", "#!/bin/sh\nexit 0\n");

    assertThat(codes(project.lint())).containsOnly(Code.TSK006);
  }

  @Test
  void aBoxThatIsNoCriterionIsRefused() {
    project.replace(
        FILE, "## CONTEXT FILES", "### More\n\n- [x] All of it is done\n\n## CONTEXT FILES");
    assertThat(codes(check())).containsOnly(Code.TSK003);
  }

  @Test
  void anEditedJournalAndAContextThatCanNotBeReadStopAllWork() {
    project.start();
    project.replace(EVIDENCE, "2026", "2025");
    assertThat(codes(check())).containsOnly(Code.TSK008);

    project.delete(EVIDENCE);
    project.write("agent-prompts/context/system_context.yaml", "project: [\n");
    assertThat(codes(check())).contains(Code.CTX001);
  }

  @Test
  void aTaskThatIsNotInItsPlaceIsFound() {
    project.write("agent-prompts/tasks/orders/deep/task.md", "# TASK: Hide\n");

    assertThat(codes(project.lint())).containsOnly(Code.TSK013);
  }

  @Test
  void honestWorkIsTickedVerifiedAndClosed() {
    done();
    assertThat(project.text(FILE)).contains("status: verified", "- [x] SC-1");

    Findings findings = new Findings();
    assertThat(project.close(findings).status()).isEqualTo(TaskStatus.CLOSED);
    assertThat(findings.all()).isEmpty();
    assertThat(project.text(FILE)).contains("status: closed", "- [x] SC-1");

    project.write(DELIVERABLE, "class LandOrders { /* a later task */ }\n");
    assertThat(project.state().status())
        .as("what is closed is history")
        .isEqualTo(TaskStatus.CLOSED);
  }

  @Test
  void whatWasTickedAndIsStaleIsUntickedByTheNextVerification() {
    done();
    project.write(DELIVERABLE, "class Orders { }\n");

    assertThat(verified()).containsExactly(Code.TSK016);
    assertThat(project.text(FILE)).contains("status: in-progress", "- [ ] SC-1");
  }

  private void done() {
    project.start();
    project.work();
    assertThat(verified()).isEmpty();
  }

  private void tick() {
    project.replace(FILE, "- [ ] SC-1", "- [x] SC-1");
  }

  private List<Finding> check() {
    ProcessModel model = project.model();
    return model.check(project.task()).all();
  }

  private List<Code> verified() {
    Findings findings = new Findings();
    project.verify(findings);
    return codes(findings.all());
  }
}
