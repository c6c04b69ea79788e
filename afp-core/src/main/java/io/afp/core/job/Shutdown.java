package io.afp.core.job;

/** Whether this process is being ended: what fails from then on fails because of that. */
final class Shutdown {

  private Shutdown() {}

  /**
   * Asks Java itself, which refuses hooks before it starts the first one: a hook of ours could come
   * after the hook of Spark that lets the work fail.
   */
  static boolean hasBegun() {
    Thread probe = new Thread(() -> {}, "afp-probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      return !Runtime.getRuntime().removeShutdownHook(probe);
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
