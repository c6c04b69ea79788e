package io.afp.core.job;

import io.afp.core.lake.WriteObserver;
import io.afp.core.spi.Judge;
import io.afp.core.spi.Stage;
import io.afp.core.spi.TableServer;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The layers on the class path. */
record Plugins(
    List<Stage> stages,
    List<WriteObserver> observers,
    List<Judge> judges,
    Optional<TableServer> server) {

  static Plugins load() {
    return new Plugins(
        all(Stage.class),
        all(WriteObserver.class),
        all(Judge.class),
        all(TableServer.class).stream().findFirst());
  }

  /**
   * With the loader of this class: under spark-submit the jar is not on the one of the thread's
   * parent.
   */
  static <T> List<T> all(Class<T> service) {
    return ServiceLoader.load(service, Plugins.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
