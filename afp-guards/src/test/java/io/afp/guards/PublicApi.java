package io.afp.guards;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What others may compile against: the types that are promised to them, in their order. */
record PublicApi(List<Class<?>> types) {

  /** The parent names them to japicmp: packages and single types. */
  private static final Pattern PROMISED =
      Pattern.compile("<include>(io\\.afp\\.[\\w.]+)</include>");

  private static final Pattern OURS = Pattern.compile("io\\.afp(\\.[a-z0-9]+)+\\.[A-Z][\\w$]*");
  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");
  private static final String END = ".class";

  /** That of the reactor as it was built. */
  static PublicApi ofTheReactor() throws IOException {
    Set<String> promised =
        PROMISED
            .matcher(Files.readString(Reactor.root().resolve("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Reactor.root())) {
      for (Path classes : modules.map(module -> module.resolve("target/classes")).toList()) {
        if (Files.isDirectory(classes)) {
          types.addAll(promised(classes, promised));
        }
      }
    }
    return of(types);
  }

  private static List<Class<?>> promised(Path classes, Set<String> promised) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith(END) && !name.endsWith("package-info" + END))
          .map(name -> name.substring(0, name.length() - END.length()).replace('/', '.'))
          .filter(name -> isPromised(name, promised))
          .<Class<?>>map(PublicApi::load)
          .toList();
    }
  }

  private static boolean isPromised(String name, Set<String> promised) {
    String outer = name.replaceFirst("\\$.*", "");
    return promised.contains(outer)
        || outer.contains(".") && promised.contains(outer.substring(0, outer.lastIndexOf('.')));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** That of some classes. */
  static PublicApi of(List<Class<?>> types) {
    return new PublicApi(
        types.stream()
            .filter(PublicApi::isVisible)
            .sorted(Comparator.comparing(Class::getName))
            .toList());
  }

  /** Whether it can be named from outside: all around it is public too. */
  private static boolean isVisible(Class<?> type) {
    boolean named = !type.isAnonymousClass() && !type.isLocalClass() && !type.isSynthetic();
    return named
        && isOpen(type.getModifiers())
        && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
  }

  private static boolean isOpen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** Each type in a line, with its public and protected members in lines below. */
  List<String> lines() {
    return types.stream().flatMap(PublicApi::lines).toList();
  }

  private static Stream<String> lines(Class<?> type) {
    Stream<Executable> callable =
        Stream.concat(
            Stream.<Executable>of(type.getDeclaredConstructors()),
            Stream.<Executable>of(type.getDeclaredMethods()));
    Stream<String> members = callable.filter(PublicApi::isOpen).map(Executable::toGenericString);
    Stream<String> fields =
        Stream.of(type.getDeclaredFields()).filter(PublicApi::isOpen).map(Field::toGenericString);
    return Stream.concat(
        Stream.of(head(type)),
        Stream.concat(fields, members)
            .map(line -> "  " + line.replace(type.getName() + ".", ""))
            .sorted());
  }

  private static boolean isOpen(Member member) {
    return isOpen(member.getModifiers())
        && !member.isSynthetic()
        && !OF_EVERY_OBJECT.contains(member.getName());
  }

  private static String head(Class<?> type) {
    String above =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Stream.of(type.getGenericInterfaces()))
            .filter(parent -> !parent.equals(Object.class) && !parent.equals(Record.class))
            .map(parent -> parent.getTypeName())
            .collect(Collectors.joining(", "));
    return type.toGenericString() + (above.isEmpty() ? "" : " : " + above);
  }

  /** The types of ours that promised ones name without being promised themselves. */
  Set<String> named() {
    Set<String> named =
        lines().stream()
            .flatMap(line -> OURS.matcher(line).results())
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    types.forEach(type -> named.remove(type.getName()));
    return named;
  }
}
