package io.afp.core.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who gives values: those on the class path of the process and, for a scheme that none of them has,
 * those in the jars of the project, which the command does not have on its own.
 */
final class SecretProviders {

  private static final ClassLoader OURS = SecretProvider.class.getClassLoader();

  private final Map<String, SecretProvider> providers = new TreeMap<>();
  private final List<JarFiles> jars;
  private Optional<ServiceConfigurationError> failure = Optional.empty();
  private boolean lookedForMore;

  private SecretProviders(List<JarFiles> jars) {
    this.jars = jars;
  }

  /**
   * Those of a project.
   *
   * @param jars the entries of its class path
   */
  static SecretProviders of(Path root, Map<String, String> environment, List<JarFiles> jars) {
    SecretProviders found = new SecretProviders(jars);
    found.add(new EnvironmentSecrets(environment));
    found.add(new FileSecrets(root));
    return found;
  }

  /**
   * The one with a scheme. Foreign ones are made when the first of them is asked for, so that a
   * broken one harms nobody who needs none.
   *
   * @throws ServiceConfigurationError if there is none, and one of them can't be made
   */
  Optional<SecretProvider> find(String scheme) {
    if (!providers.containsKey(scheme) && !lookedForMore) {
      lookedForMore = true;
      // The loader of the interface, because spark-submit gives user jars a loader of their own.
      addAll(OURS);
      addAll(ofJars()); // stays open: a provider may load more when asked
    }
    if (!providers.containsKey(scheme) && failure.isPresent()) {
      throw failure.get();
    }
    return Optional.ofNullable(providers.get(scheme));
  }

  /** All that were found. */
  Set<String> schemes() {
    return providers.keySet();
  }

  /** Whether jars of the project are not there, which may have others. */
  boolean lacksJars() {
    return jars.stream().anyMatch(entry -> entry.addresses().isEmpty());
  }

  private void addAll(ClassLoader loader) {
    try {
      ServiceLoader.load(SecretProvider.class, loader).forEach(this::add);
    } catch (ServiceConfigurationError e) {
      failure = failure.or(() -> Optional.of(e));
    } catch (RuntimeException | LinkageError e) { // scheme() is foreign code
      failure = failure.or(() -> Optional.of(new ServiceConfigurationError(e.toString(), e)));
    }
  }

  /** Nobody takes the place of another: {@code env} and {@code file} are ours. */
  private void add(SecretProvider provider) {
    providers.putIfAbsent(provider.scheme(), provider);
  }

  private ClassLoader ofJars() {
    return JarFiles.loader(jars.stream().flatMap(entry -> entry.addresses().stream()), OURS);
  }
}
