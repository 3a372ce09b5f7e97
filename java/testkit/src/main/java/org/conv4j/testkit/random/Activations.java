package org.conv4j.testkit.random;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.activation.Softmax;
import org.conv4j.error.InvalidLayerException;

/** The activations that tests draw. */
public final class Activations {
  /** Parameters of functions that have some, as many as they have; those that they take. */
  private static final double[][] PARAMETERS = {{0.5, 1.5, 0.25}, {1.5, 0.1, 0.25}, {2, 0.5, 1}};

  /** A function is not drawn if it is not a number, or infinite, somewhere up to here. */
  private static final int DEFINED_UP_TO = 40;

  private static final double STEP = 0.015625;
  private static final double STEEPEST = 4;
  private static final double LARGEST_GATE = 6;
  private static final Map<Elementwise, Boolean> GENTLE = new ConcurrentHashMap<>();

  /**
   * Every element-wise function that is defined everywhere, those with parameters several times.
   */
  public static final List<Elementwise> ELEMENTWISE = everyFunction();

  /** Functions that turn whole numbers into whole numbers. */
  public static final List<Elementwise> WHOLE =
      List.of(
          Activation.LINEAR,
          Activation.LINEAR,
          Activation.RELU,
          Activation.RELU6,
          new Elementwise.Relu(5, 0, 2),
          new Elementwise.Relu(Double.POSITIVE_INFINITY, 2, 0));

  /** Functions of whole lines. */
  public static final List<Softmax> SOFTMAX =
      List.of(Activation.SOFTMAX, Activation.LOG_SOFTMAX, new Softmax(1, false));

  private Activations() {}

  private static List<Elementwise> everyFunction() {
    try {
      Set<Elementwise> functions = new LinkedHashSet<>();
      for (Field constant : Activation.class.getFields()) {
        if (constant.get(null) instanceof Elementwise function) {
          functions.add(function);
        }
      }
      functions.addAll(Arrays.asList(ElementwiseFunction.values()));
      for (Class<?> kind : Elementwise.class.getPermittedSubclasses()) {
        if (kind.isRecord()) {
          functions.addAll(withParameters(kind));
        }
      }
      functions.removeIf(function -> !isDefinedEverywhere(function));
      return List.copyOf(functions);
    } catch (ReflectiveOperationException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Collection<Elementwise> withParameters(Class<?> kind)
      throws ReflectiveOperationException {
    Constructor<?> constructor = kind.getDeclaredConstructors()[0];
    List<Elementwise> functions = new ArrayList<>();
    for (double[] parameters : PARAMETERS) {
      Object[] arguments =
          Arrays.stream(parameters).limit(constructor.getParameterCount()).boxed().toArray();
      try {
        functions.add((Elementwise) constructor.newInstance(arguments));
      } catch (InvocationTargetException refused) {
        if (!(refused.getCause() instanceof InvalidLayerException)) {
          throw refused;
        }
      }
    }
    if (functions.isEmpty()) {
      throw new AssertionError("Of these parameters, " + kind + " takes none.");
    }
    return functions;
  }

  /**
   * Whether a function is nowhere steep, so that a recurrence does not blow errors up from step to
   * step: near the poles of a tangent no bound of an error means anything.
   */
  static boolean isGentle(Elementwise function) {
    return GENTLE.computeIfAbsent(function, Activations::findGentle);
  }

  /** Whether a gate with this function does not let a state grow without end. */
  static boolean isGate(Elementwise function) {
    return isGentle(function)
        && Math.abs(function.apply(DEFINED_UP_TO)) <= LARGEST_GATE
        && Math.abs(function.apply(-DEFINED_UP_TO)) <= LARGEST_GATE;
  }

  private static boolean findGentle(Elementwise function) {
    for (double x = -DEFINED_UP_TO; x <= DEFINED_UP_TO; x += STEP) {
      double slope = (function.apply(x + STEP) - function.apply(x)) / STEP;
      if (!(Math.abs(slope) <= STEEPEST)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDefinedEverywhere(Elementwise function) {
    for (double x = -DEFINED_UP_TO; x <= DEFINED_UP_TO; x += 0.25) {
      if (!Double.isFinite(function.apply(x))) {
        return false;
      }
    }
    return true;
  }
}
