package io.afp.cli;

import io.afp.core.definition.Project;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import io.afp.core.error.Problem;
import io.afp.core.settings.CheckedSettings;
import io.afp.core.settings.S3Settings;
import io.afp.core.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks at everything that a run needs, by trying it. What is wrong with one part hides no other.
 */
final class Doctor {

  private final CommonOptions options;
  private final Project project;

  Doctor(CommonOptions options) {
    this.options = options;
    this.project = options.project();
  }

  List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(MachineFindings.java(Runtime.version().feature()));
    findings.add(MachineFindings.disk("disk of .afp", project.home()));
    findings.addAll(JarFindings.all());
    findings.add(MachineFindings.port("loopback", 0));
    findings.addAll(project.exists() ? ofProject() : List.of(noProject()));
    return findings;
  }

  /** Where there is none, nothing is made: least of all a Postgres. */
  private Finding noProject() {
    return Finding.of(
        "project",
        Problem.warning(
            ErrorCode.NO_PROJECT,
            "There is none here, so that settings and Postgres are not looked at (folder=%s)"
                .formatted(project.root()),
            Location.nowhere(),
            "Go to the folder of a project, name it by --project DIR, or make one by `afp init`."));
  }

  private List<Finding> ofProject() {
    try {
      return of(options.checkedSettings(project));
    } catch (AfpException e) {
      return e.problems().stream().map(Doctor::setting).toList();
    }
  }

  private static Finding setting(Problem problem) {
    return Finding.of("settings", problem);
  }

  /** A part is tried where all that says what it is can be used. */
  private List<Finding> of(CheckedSettings checked) {
    List<Finding> findings = new ArrayList<>();
    checked.problems().forEach(problem -> findings.add(setting(problem)));
    Settings settings = checked.settings();
    findings.addAll(ports(settings));
    PostgresFindings postgres = new PostgresFindings(settings);
    if (checked.isUsable("lake.")) {
      if (!S3Settings.isAddress(settings.lake().warehouse())) {
        findings.add(MachineFindings.warehouse(settings.lake().warehouse()));
      }
      findings.addAll(postgres.lake());
    }
    if (settings.s3().isPresent() && checked.isUsable("lake.") && checked.isUsable("s3.")) {
      findings.addAll(StoreFindings.all(settings));
    }
    if (checked.isUsable("serving.")) {
      findings.addAll(postgres.serving());
    }
    findings.addAll(new ConnectionFindings(project, checked).all());
    return findings;
  }

  private static List<Finding> ports(Settings settings) {
    return settings.spark().entrySet().stream()
        .filter(e -> e.getKey().endsWith(".port") && e.getValue().matches("[1-9]\\d{0,4}"))
        .sorted(Map.Entry.comparingByKey())
        .map(e -> MachineFindings.port(e.getKey(), Integer.parseInt(e.getValue())))
        .toList();
  }
}
