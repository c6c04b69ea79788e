package io.afp.ingestion.file;

import io.afp.core.error.AfpException;
import io.afp.ingestion.file.Layout.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Looks into many files at once, because each may be far away. */
final class Layouts {

  private static final int AT_ONCE = 16;

  private Layouts() {}

  /** The files by their fields, in order. */
  static List<Layout> of(List<String> addresses, Function<String, List<Field>> fieldsOf) {
    List<List<Field>> fields = all(addresses, fieldsOf);
    Map<List<Field>, List<String>> grouped = new LinkedHashMap<>();
    for (int i = 0; i < addresses.size(); i++) {
      grouped.computeIfAbsent(fields.get(i), f -> new ArrayList<>()).add(addresses.get(i));
    }
    return grouped.entrySet().stream().map(e -> new Layout(e.getKey(), e.getValue())).toList();
  }

  private static List<List<Field>> all(
      List<String> addresses, Function<String, List<Field>> fieldsOf) {
    if (addresses.size() == 1) {
      return List.of(fieldsOf.apply(addresses.get(0)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, addresses.size()));
    try {
      List<Future<List<Field>>> futures = new ArrayList<>();
      addresses.forEach(address -> futures.add(threads.submit(() -> fieldsOf.apply(address))));
      List<List<Field>> all = new ArrayList<>();
      for (Future<List<Field>> future : futures) {
        all.add(result(future));
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Field> result(Future<List<Field>> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AfpException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while files are looked into", e);
    }
  }
}
