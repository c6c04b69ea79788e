package io.afp.agentic.evidence;

import io.afp.agentic.context.SystemContext;
import io.afp.agentic.tasks.Criterion;
import java.util.Map;
import java.util.Optional;

/**
 * What a journal says of criteria.
 *
 * @param files the checksums of the deliverables for which it has to say it
 * @param judges the checksum of what judges them
 */
record Judging(Journal journal, SystemContext context, Map<String, String> files, String judges) {

  Proof proof(Criterion criterion) {
    Optional<Entry> judged = journal.start().flatMap(s -> journal.judged(criterion.id()));
    if (journal.brokenLine() > 0 || judged.isEmpty() || isOfAnother(judged.get(), criterion)) {
      return Proof.OPEN;
    }
    boolean fresh = isFresh(judged.get(), criterion);
    if (!judged.get().isGood()) {
      return fresh ? Proof.FAILED : Proof.OPEN;
    }
    return fresh ? Proof.PROVEN : Proof.STALE;
  }

  /** Accepted by somebody who has no say in it. */
  private boolean isOfAnother(Entry entry, Criterion criterion) {
    return entry.event() == Entry.Event.ACCEPTED
        && !context.mayJudge(entry.by(), criterion.manual().orElse(""));
  }

  /** A person looks at the deliverables, a command is judged by tests too. */
  private boolean isFresh(Entry entry, Criterion criterion) {
    return entry.deliverables().equals(files)
        && entry.promise().equals(criterion.promise())
        && (entry.event() == Entry.Event.ACCEPTED || entry.judges().equals(judges));
  }
}
