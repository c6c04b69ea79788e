package io.afp.guards;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A shaded job jar, judged by what is really in it.
 *
 * <p>A dependency counts as bundled when the jar has a class of it, under its own name or under the
 * one that it is relocated to, and also when it has no class at all. Nothing here reads the
 * configuration of the shade plugin.
 */
final class SparkJar {
  /**
   * Spark's distribution, or a job's own jar, has other versions of some; the rest goes with them.
   */
  private static final Map<String, String> RELOCATED =
      Map.of(
          "com/zaxxer/hikari/", "io/afp/shaded/hikari/",
          "org/snakeyaml/engine/", "io/afp/shaded/snakeyaml/",
          "org/jdbi/", "io/afp/shaded/jdbi/",
          "io/leangen/geantyref/", "io/afp/shaded/geantyref/",
          "com/networknt/", "io/afp/shaded/networknt/",
          "com/ethlo/time/", "io/afp/shaded/ethlo/");

  /** What Spark's distribution brings. A second copy is never used or breaks the first. */
  private static final List<String> FORBIDDEN =
      List.of(
          "scala/",
          "org/slf4j/",
          "org/apache/logging/",
          "org/apache/log4j/",
          "org/apache/commons/",
          "org/apache/hadoop/",
          "ch/qos/",
          "com/fasterxml/",
          "com/google/",
          "javax/",
          "jakarta/",
          "org/checkerframework/");

  private static final String SPARK = "org/apache/spark/";
  private static final String SERVICES = "META-INF/services/";

  /**
   * Deequ and Iceberg have classes of their own in Spark's packages, to see what is private there.
   */
  private static final List<String> LIVE_IN_SPARK =
      List.of(
          "com.amazon.deequ:deequ:",
          "org.apache.iceberg:iceberg-spark-runtime-",
          "org.apache.spark:spark-avro_"); // Spark's distribution does not have it

  private final Set<String> entries;
  private final Map<Dependency, Set<String>> bundled;

  private SparkJar(Set<String> entries, Map<Dependency, Set<String>> bundled) {
    this.entries = entries;
    this.bundled = bundled;
  }

  /**
   * Reads a shaded jar; {@code classPath} is what Maven offered to put into it, the module's own
   * thin jar included.
   */
  static SparkJar read(Path jar, List<Dependency> classPath) throws IOException {
    Set<String> entries = entries(jar);
    Map<Dependency, Set<String>> bundled = new LinkedHashMap<>();
    for (Dependency dependency : classPath) {
      Set<String> expected =
          entries(dependency.jar()).stream().map(SparkJar::relocated).collect(toSet());
      List<String> classes = expected.stream().filter(SparkJar::isClass).toList();
      if (classes.isEmpty() || classes.stream().anyMatch(entries::contains)) {
        bundled.put(dependency, expected);
      }
    }
    return new SparkJar(entries, bundled);
  }

  /** The names of what is bundled, sorted. */
  List<String> dependencies() {
    return bundled.keySet().stream().map(Dependency::name).sorted().toList();
  }

  /** The classes, without those of multi-release versions. */
  Set<String> classes() {
    return entries.stream().filter(SparkJar::isClass).collect(toCollection(TreeSet::new));
  }

  /** The classes that are among these, too. */
  Set<String> classesAmong(Set<String> others) {
    Set<String> both = classes();
    both.retainAll(others);
    return both;
  }

  /** Everything that is wrong with the jar, each with its reason; empty where all is well. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (String entry : classes()) {
      if (FORBIDDEN.stream().anyMatch(entry::startsWith)) {
        problems.add(entry + " belongs to Spark: exclude its artifact from the shade plugin");
      }
      if (RELOCATED.keySet().stream().anyMatch(entry::startsWith)) {
        problems.add(entry + " is not relocated: Spark's own copy would be loaded instead of it");
      }
      if (bundled.values().stream().noneMatch(of -> of.contains(entry))) {
        problems.add(entry + " is of no dependency of the module");
      }
      if (entry.startsWith(SPARK) && !mayLiveInSpark(entry)) {
        problems.add(entry + " is a class of Spark: declare Spark as provided");
      }
    }
    bundled.values().stream()
        .flatMap(Set::stream)
        .filter(entry -> entry.startsWith(SERVICES) && !entries.contains(entry))
        .map(entry -> entry + " is lost: the shade plugin needs its ServicesResourceTransformer")
        .distinct()
        .sorted()
        .forEach(problems::add);
    return problems;
  }

  private boolean mayLiveInSpark(String entry) {
    return bundled.entrySet().stream()
        .filter(of -> of.getValue().contains(entry))
        .anyMatch(of -> LIVE_IN_SPARK.stream().anyMatch(of.getKey().name()::startsWith));
  }

  /** What separates a checked-in list from what is bundled, as lines of a diff. */
  static List<String> difference(List<String> checkedIn, List<String> bundled) {
    return Stream.concat(
            checkedIn.stream().filter(line -> !bundled.contains(line)).map(line -> "- " + line),
            bundled.stream().filter(line -> !checkedIn.contains(line)).map(line -> "+ " + line))
        .toList();
  }

  static Set<String> entries(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(ZipEntry::getName).collect(toSet());
    }
  }

  static boolean isClass(String entry) {
    return entry.endsWith(".class")
        && !entry.startsWith("META-INF/")
        && !entry.equals("module-info.class");
  }

  private static String relocated(String entry) {
    String folder = entry.startsWith(SERVICES) ? SERVICES : "";
    String name = entry.substring(folder.length());
    String path = folder.isEmpty() ? name : name.replace('.', '/');
    for (Map.Entry<String, String> relocation : RELOCATED.entrySet()) {
      if (path.startsWith(relocation.getKey())) {
        String moved = relocation.getValue() + path.substring(relocation.getKey().length());
        return folder + (folder.isEmpty() ? moved : moved.replace('/', '.'));
      }
    }
    return entry;
  }
}
