package io.afp.transform;

import io.afp.core.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.xbean.asm9.ClassReader;
import org.apache.xbean.asm9.ClassVisitor;
import org.apache.xbean.asm9.ClassWriter;
import org.apache.xbean.asm9.Opcodes;

/**
 * A fingerprint of what a class does, with the classes inside it.
 *
 * <p>Names of files, numbers of lines and names of variables are left out, so that a comment or
 * another format of the source is no change, as it is none in SQL.
 */
final class ClassChecksum {

  private final ClassLoader loader;
  private final Map<String, byte[]> code = new TreeMap<>();

  private ClassChecksum(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * The fingerprint of a class, as hexadecimal SHA-256.
   *
   * @throws IllegalArgumentException if it was compiled for a Java that is too new
   */
  static String of(Class<?> type) {
    ClassChecksum checksum = new ClassChecksum(type.getClassLoader());
    checksum.add(type.getName().replace('.', '/'));
    return checksum.digest();
  }

  private void add(String name) {
    if (code.containsKey(name)) {
      return;
    }
    ClassReader reader = new ClassReader(bytes(name));
    ClassWriter bare = new ClassWriter(0);
    Set<String> inner = new TreeSet<>();
    reader.accept(new Inner(bare, name + "$", inner), ClassReader.SKIP_DEBUG);
    code.put(name, bare.toByteArray());
    inner.forEach(this::add);
  }

  private byte[] bytes(String name) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      return in == null ? missing(name) : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] missing(String name) {
    throw new IllegalArgumentException(name + ".class is not there");
  }

  private String digest() {
    MessageDigest digest = Sha256.digest();
    code.values().forEach(digest::update);
    return Sha256.hex(digest);
  }

  /** Copies a class and notes the classes that lie in it, those without a name too. */
  private static final class Inner extends ClassVisitor {
    private final String prefix;
    private final Set<String> found;

    Inner(ClassVisitor copy, String prefix, Set<String> found) {
      super(Opcodes.ASM9, copy);
      this.prefix = prefix;
      this.found = found;
    }

    @Override
    public void visitInnerClass(String name, String outer, String simple, int access) {
      if (name.startsWith(prefix)) {
        found.add(name);
      }
      super.visitInnerClass(name, outer, simple, access);
    }
  }
}
