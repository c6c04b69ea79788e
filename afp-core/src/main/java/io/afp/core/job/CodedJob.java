package io.afp.core.job;

public final class CodedJob {
  CodedJob(String n) {}
}
