package io.afp.transform;

import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.spi.Inputs.ClassInput;
import io.afp.core.spi.Model;
import io.afp.core.spi.UserClass;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The class of a model, found on the class path of the driver. */
record ModelClass(ModelDef.JavaClass definition, Class<? extends Model> type) {

  private static final String CONSTRUCTOR =
      "Make the class public, static if it lies in another one, and give it a public constructor"
          + " without arguments.";

  /**
   * Finds a class.
   *
   * @throws AfpException if it is not there, or is no model
   */
  static ModelClass load(ModelDef.JavaClass definition) {
    Class<?> found = find(definition);
    if (!Model.class.isAssignableFrom(found)) {
      throw unusable(
          definition,
          "it does not implement " + Model.class.getName(),
          "Implement it, or name another class.",
          null);
    }
    return new ModelClass(definition, found.asSubclass(Model.class));
  }

  private static Class<?> find(ModelDef.JavaClass definition) {
    try {
      return Class.forName(definition.name(), false, UserClass.loader());
    } catch (ClassNotFoundException e) {
      throw unusable(
          definition,
          "it is not on the class path of the driver",
          "Add its jar to classpath in afp.yaml, with spark-submit to --jars, or correct the name.",
          e);
    } catch (LinkageError e) {
      throw unlinked(definition, e);
    }
  }

  /** A model of this class. */
  Model create() {
    try {
      return type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      throw failed("its constructor", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw unusable(
          definition, "it has no constructor that can be called (%s)".formatted(e), CONSTRUCTOR, e);
    } catch (LinkageError e) {
      throw unlinked(definition, e);
    }
  }

  /** The tables that a model says it reads. */
  Set<TableName> reads(Model model) {
    Set<String> names = asked("reads()", model::reads);
    if (names == null) {
      throw unusable("reads() gave null", "Let it give Set.of() when the model reads no table.");
    }
    try {
      return names.stream().map(TableName::parse).collect(Collectors.toUnmodifiableSet());
    } catch (IllegalArgumentException e) {
      throw unusable(
          "reads() gave the name of no table: " + e.getMessage(), "Name namespace.table.");
    }
  }

  private <T> T asked(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (RuntimeException | LinkageError e) {
      throw failed(what, e);
    }
  }

  /** The class as it is now. */
  ClassInput input() {
    try {
      return new ClassInput(definition.name(), ClassChecksum.of(type));
    } catch (IllegalArgumentException e) {
      throw unusable(
          "its class file can't be read (%s)".formatted(e.getMessage()),
          "Compile it for Java 17: javac --release 17.");
    }
  }

  private AfpException failed(String what, Throwable cause) {
    return unusable(
        definition,
        "%s failed (%s)".formatted(what, cause),
        "Correct the class; the log of the run has where it failed.",
        cause);
  }

  /** It needs another class, or another version of one, than the driver has. */
  static AfpException unlinked(ModelDef.JavaClass definition, LinkageError e) {
    return unusable(
        definition,
        "it can't be linked (%s)".formatted(e),
        "Add the jars that it needs beside its own; compile for Java 17, against this AFP and Spark.",
        e);
  }

  AfpException unusable(String why, String fix) {
    return unusable(definition, why, fix, null);
  }

  private static AfpException unusable(
      ModelDef.JavaClass definition, String why, String fix, Throwable cause) {
    return AfpException.at(
        definition.location(),
        ErrorCode.MODEL_CLASS,
        "Cannot use %s: %s".formatted(definition.title(), why),
        fix,
        cause);
  }
}
