package io.afp.agentic.scaffold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins two changes of one text, line by line. Where only one of them changed something, that
 * holds; where both did, differently and in one place, both are shown between marks.
 *
 * @param text the result
 * @param conflicts how many places have marks
 */
record Merge(String text, int conflicts) {

  /** Joins the change from a base to mine with that from the base to theirs. */
  static Merge of(String base, String mine, String theirs) {
    Walk walk = new Walk(lines(base), lines(mine), lines(theirs));
    walk.run();
    return new Merge(String.join("\n", walk.merged), walk.conflicts);
  }

  private static List<String> lines(String text) {
    return Arrays.asList(text.split("\n", -1));
  }

  private static final class Walk {

    private final List<String> base;
    private final List<String> mine;
    private final List<String> theirs;
    private final List<String> merged = new ArrayList<>();
    private int conflicts;

    Walk(List<String> base, List<String> mine, List<String> theirs) {
      this.base = base;
      this.mine = mine;
      this.theirs = theirs;
    }

    /** From one line that all three have to the next. */
    void run() {
      int[] inMine = matches(base, mine);
      int[] inTheirs = matches(base, theirs);
      int from = 0;
      int fromMine = 0;
      int fromTheirs = 0;
      for (int i = 0; i < base.size(); i++) {
        if (inMine[i] >= 0 && inTheirs[i] >= 0) {
          join(
              base.subList(from, i),
              mine.subList(fromMine, inMine[i]),
              theirs.subList(fromTheirs, inTheirs[i]));
          merged.add(base.get(i));
          from = i + 1;
          fromMine = inMine[i] + 1;
          fromTheirs = inTheirs[i] + 1;
        }
      }
      join(
          base.subList(from, base.size()),
          mine.subList(fromMine, mine.size()),
          theirs.subList(fromTheirs, theirs.size()));
    }

    private void join(List<String> before, List<String> one, List<String> other) {
      if (other.equals(before) || one.equals(other)) {
        merged.addAll(one);
      } else if (one.equals(before)) {
        merged.addAll(other);
      } else {
        conflicts++;
        merged.add("<<<<<<< yours");
        merged.addAll(one);
        merged.add("=======");
        merged.addAll(other);
        merged.add(">>>>>>> AFP");
      }
    }

    /** For each line of one text its place in the longest common sequence with another; else -1. */
    private static int[] matches(List<String> one, List<String> other) {
      int[][] longest = new int[one.size() + 1][other.size() + 1];
      for (int i = one.size() - 1; i >= 0; i--) {
        for (int j = other.size() - 1; j >= 0; j--) {
          longest[i][j] =
              one.get(i).equals(other.get(j))
                  ? longest[i + 1][j + 1] + 1
                  : Math.max(longest[i + 1][j], longest[i][j + 1]);
        }
      }
      int[] matches = new int[one.size()];
      Arrays.fill(matches, -1);
      int i = 0;
      int j = 0;
      while (i < one.size() && j < other.size()) {
        if (one.get(i).equals(other.get(j))) {
          matches[i++] = j++;
        } else if (longest[i + 1][j] >= longest[i][j + 1]) {
          i++;
        } else {
          j++;
        }
      }
      return matches;
    }
  }
}
