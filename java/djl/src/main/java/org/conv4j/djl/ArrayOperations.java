package org.conv4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDArrayIndexer;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.conv4j.djl.memory.Types;

/**
 * The inner operations of an array. DJL's interface has some seventy, most of them for training: a
 * proxy calls the method below of the same name and arguments, else DJL's own default, else another
 * engine.
 */
final class ArrayOperations implements InvocationHandler {
  private final Conv4jArray array;
  private final NDManager alternative;

  ArrayOperations(Conv4jArray array, NDManager alternative) {
    this.array = array;
    this.alternative = alternative;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    Method own = own(method);
    try {
      if (own != null) {
        return own.invoke(this, arguments);
      }
      if (method.isDefault()) {
        return InvocationHandler.invokeDefault(proxy, method, arguments);
      }
      if (method.getDeclaringClass() == Object.class) {
        return method.invoke(this, arguments);
      }
      return method.invoke(elsewhere(method.getName()), arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private static Method own(Method method) {
    return Arrays.stream(ArrayOperations.class.getDeclaredMethods())
        .filter(own -> own.getName().equals(method.getName()))
        .filter(own -> Arrays.equals(own.getParameterTypes(), method.getParameterTypes()))
        .findFirst()
        .orElse(null);
  }

  private NDArrayEx elsewhere(String operation) {
    try {
      return alternative.from(array).getNDArrayInternal();
    } catch (UnsupportedOperationException missing) {
      throw new UnsupportedOperationException(
          missing.getMessage() + " (operation '" + operation + "')", missing);
    }
  }

  NDArray getArray() {
    return array;
  }

  NDArrayIndexer getIndexer(NDManager manager) {
    return new Conv4jIndexer(manager);
  }

  NDArray toTensor() {
    return Images.toTensor(array);
  }

  NDArray normalize(float[] mean, float[] std) {
    return Images.normalize(array, mean, std);
  }

  NDArray resize(int width, int height, int interpolation) {
    return Images.resize(array, width, height, interpolation);
  }

  NDArray stack(NDList others, int axis) {
    return Joining.stack(array, others, axis);
  }

  NDArray concat(NDList others, int axis) {
    return Joining.concat(array, others, axis);
  }

  NDArray relu() {
    return array.map(array.getDataType(), value -> value > 0 || value != value ? value : 0);
  }

  NDArray sigmoid() {
    return array.map(Types.floating(array.getDataType()), value -> 1 / (1 + Math.exp(-value)));
  }

  NDArray tanh() {
    return array.map(Types.floating(array.getDataType()), Math::tanh);
  }
}
