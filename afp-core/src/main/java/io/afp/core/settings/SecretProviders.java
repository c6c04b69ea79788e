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
  private boolean lookedIntoJars;

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
    // The loader of the interface, because spark-submit gives user jars a loader of their own.
    found.addAll(OURS);
    found.add(new EnvironmentSecrets(environment));
    found.add(new FileSecrets(root));
    return found;
  }

  /**
   * The one with a scheme.
   *
   * @throws ServiceConfigurationError if a jar of the project names one that can't be made
   */
  Optional<SecretProvider> find(String scheme) {
    if (!providers.containsKey(scheme) && !lookedIntoJars) {
      lookedIntoJars = true;
      addAll(ofJars()); // stays open: a provider may load more when asked
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
    ServiceLoader.load(SecretProvider.class, loader).forEach(this::add);
  }

  private void add(SecretProvider provider) {
    providers.put(provider.scheme(), provider);
  }

  private ClassLoader ofJars() {
    return JarFiles.loader(jars.stream().flatMap(entry -> entry.addresses().stream()), OURS);
  }
}
