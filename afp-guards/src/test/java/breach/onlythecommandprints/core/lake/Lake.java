package breach.onlythecommandprints.core.lake;

/** A seeded breach. */
final class Lake {
  void write() {
    System.out.println("written");
  }
}
