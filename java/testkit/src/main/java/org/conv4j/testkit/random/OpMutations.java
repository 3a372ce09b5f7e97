package org.conv4j.testkit.random;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.conv4j.activation.Elementwise;
import org.conv4j.lowering.ConstantValue;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.conv4j.weights.Constant;

/**
 * Changes one thing in an op, a step or a program, mostly for the worse: what somebody may hand
 * over who calls constructors with anything. Not thread-safe.
 */
public final class OpMutations {
  private static final long[] NUMBERS = {
    -1,
    0,
    1,
    2,
    3,
    5,
    12,
    1000,
    86046,
    1 << 20,
    1 << 28,
    1 << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE
  };

  private static final long[] EXTENTS = {
    -1,
    0,
    1,
    2,
    3,
    5,
    12,
    1000,
    86046,
    1 << 20,
    1 << 28,
    1L << 31,
    1L << 40,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final double[] REALS = {
    0, -1, 1, 1e-300, 1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private final Random random;

  /**
   * Makes a source of changes.
   *
   * @param random decides which
   */
  public OpMutations(Random random) {
    this.random = random;
  }

  /**
   * Makes a copy of a record with one component changed, or one component's component.
   *
   * @param <R> the type of the record
   * @param original the record
   * @return the copy, which its constructor has accepted
   * @throws RuntimeException whatever the constructor throws
   */
  public <R> R next(R original) {
    RecordComponent[] components = original.getClass().getRecordComponents();
    int chosen = random.nextInt(components.length);
    Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        arguments[i] = components[i].getAccessor().invoke(original);
      }
      arguments[chosen] = changed(types[chosen], arguments[chosen]);
      @SuppressWarnings("unchecked")
      R copy = (R) original.getClass().getDeclaredConstructor(types).newInstance(arguments);
      return copy;
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new AssertionError(thrown.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private Object changed(Class<?> type, Object value) {
    if (!type.isPrimitive() && (value == null || random.nextInt(12) == 0)) {
      return null;
    }
    if (type == int.class) {
      return near((Integer) value);
    }
    if (type == boolean.class) {
      return !(Boolean) value;
    }
    if (type == double.class) {
      return REALS[random.nextInt(REALS.length)];
    }
    if (value instanceof Shape shape) {
      return changed(shape);
    }
    if (value instanceof IntTuple tuple) {
      return changed(tuple);
    }
    if (value instanceof Constant constant) {
      return changed(constant);
    }
    if (type == Elementwise.class) {
      return Activations.ELEMENTWISE.get(random.nextInt(Activations.ELEMENTWISE.size()));
    }
    if (value instanceof Enum<?>) {
      Object[] all = type.getEnumConstants();
      return all[random.nextInt(all.length)];
    }
    if (value instanceof List<?> list) {
      return changed(list);
    }
    if (value instanceof Map<?, ?> map) {
      return changed(map);
    }
    return value instanceof Record ? next(value) : value;
  }

  private int near(int value) {
    return random.nextBoolean()
        ? (int) NUMBERS[random.nextInt(NUMBERS.length)]
        : value + random.nextInt(3) - 1;
  }

  private Shape changed(Shape shape) {
    long[] dims = shape.toArray();
    if (dims.length == 0 || random.nextInt(6) == 0) {
      return Shape.of(Arrays.copyOf(dims, Math.max(0, dims.length - 1)));
    }
    if (random.nextInt(6) == 0) {
      long[] longer = Arrays.copyOf(dims, dims.length + 1);
      longer[dims.length] = 1 + random.nextInt(2);
      return Shape.of(longer);
    }
    int axis = random.nextInt(dims.length);
    dims[axis] =
        random.nextBoolean()
            ? EXTENTS[random.nextInt(EXTENTS.length)]
            : dims[axis] + random.nextInt(5) - 2;
    return Shape.of(dims);
  }

  private IntTuple changed(IntTuple tuple) {
    int[] values = tuple.toArray();
    if (values.length == 0 || random.nextInt(6) == 0) {
      return IntTuple.of(Arrays.copyOf(values, values.length + 1));
    }
    if (random.nextInt(6) == 0) {
      return IntTuple.of(Arrays.copyOf(values, values.length - 1));
    }
    int index = random.nextInt(values.length);
    values[index] = near(values[index]);
    return IntTuple.of(values);
  }

  /** Another shape, or another number of elements than the shape says. */
  private Constant changed(Constant constant) {
    Shape shape = changed(constant.shape());
    return random.nextBoolean()
        ? new Constant.Filled(shape, 1)
        : new Constant.Stored(
            constant.shape(),
            () -> Tensor.allocate(DataType.FLOAT32, Shape.of(1 + shape.elementCount() % 9)));
  }

  private List<Object> changed(List<?> list) {
    List<Object> copy = new ArrayList<>(list);
    int index = random.nextInt(copy.size() + 1);
    if (index == copy.size()) {
      copy.add(copy.isEmpty() ? null : copy.get(random.nextInt(copy.size())));
    } else if (random.nextInt(4) == 0) {
      copy.remove(index);
    } else {
      Object value = copy.get(index);
      copy.set(
          index, value instanceof Integer number ? near(number) : changed(value.getClass(), value));
    }
    return copy;
  }

  private Map<Object, Object> changed(Map<?, ?> map) {
    Map<Object, Object> copy = new HashMap<>(map);
    ValueType type = ValueType.of(DataType.FLOAT32, Shape.of(1));
    ConstantValue one = new ConstantValue(Constant.of(type.shape(), 1), type);
    copy.put(random.nextInt(8) == 0 ? null : near(0), random.nextInt(8) == 0 ? null : one);
    return copy;
  }
}
