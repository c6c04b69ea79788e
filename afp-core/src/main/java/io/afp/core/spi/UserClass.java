package io.afp.core.spi;

/** A class that a definition names. */
public final class UserClass {

  private UserClass() {}

  /**
   * Makes an object of it.
   *
   * @param name the binary name
   * @param type what it has to implement
   * @throws IllegalArgumentException with what is wrong with the class
   */
  public static <T> T create(String name, Class<T> type) {
    try {
      return Class.forName(name, true, loader()).asSubclass(type).getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw refused(name, "is not on the class path", e);
    } catch (ClassCastException e) {
      throw refused(name, "does not implement " + type.getName(), e);
    } catch (ReflectiveOperationException e) {
      throw refused(name, "has no public constructor without arguments that works", e);
    } catch (LinkageError e) {
      throw refused(name, "can't be linked (%s)".formatted(e), e);
    }
  }

  private static IllegalArgumentException refused(String name, String why, Throwable cause) {
    return new IllegalArgumentException("class %s %s".formatted(name, why), cause);
  }

  /**
   * Where spark-submit puts the jars of a user; a thread that knows nothing of it has the loader of
   * this class.
   */
  public static ClassLoader loader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? UserClass.class.getClassLoader() : ofThread;
  }
}
