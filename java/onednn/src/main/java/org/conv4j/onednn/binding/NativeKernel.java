package org.conv4j.onednn.binding;

import java.util.List;
import org.conv4j.machine.Machine;
import org.conv4j.tensor.DataType;

/**
 * A kernel of {@code native/src/kernels} for one data type. The native methods check nothing: The
 * op that runs a kernel of ours is their only caller.
 */
public final class NativeKernel {
  /** A type's number is its place here: {@code kernel_set.hpp} has the same list. */
  private static final List<DataType> TYPES = List.of(DataType.FLOAT32, DataType.FLOAT64);

  private final String name;
  private final int number;
  private final int type;

  private NativeKernel(String name, int number, int type) {
    this.name = name;
    this.number = number;
    this.type = type;
  }

  /** Asked for when the first op meets the library. */
  private static final class Names {
    static final List<String> IN_ORDER = List.of(names());
  }

  /** Finds a kernel of the library, which must be loaded. */
  public static NativeKernel of(String name, DataType dataType) {
    int number = Names.IN_ORDER.indexOf(name);
    if (number < 0) {
      throw new IllegalArgumentException(
          "There is no native kernel '%s'; there are %s.".formatted(name, Names.IN_ORDER));
    }
    int type = TYPES.indexOf(dataType);
    if (type < 0) {
      throw new IllegalArgumentException(
          "There are no native kernels for %s; there are for %s.".formatted(dataType, TYPES));
    }
    return new NativeKernel(name, number, type);
  }

  /** Returns how many elements a vector of the kernels in use holds. */
  public static int lanes(DataType dataType) {
    return machine().lanes(dataType.bytes());
  }

  /** Returns the machine with the vectors of the kernels in use. */
  public static Machine machine() {
    return Machine.host().withVectorBytes(vectorBytes());
  }

  /** Returns its name in {@code kernels.def}. */
  public String name() {
    return name;
  }

  /** Returns its place in that list. */
  public int number() {
    return number;
  }

  /** Returns the number of the type that it computes with. */
  public int type() {
    return type;
  }

  public boolean supports(NativeProblem problem) {
    return supports(number, type, problem.address());
  }

  public void plan(NativeProblem problem) {
    plan(number, type, problem.address());
  }

  public double gain(NativeProblem problem) {
    return gain(number, type, problem.address());
  }

  public long packedBytes(NativeProblem problem) {
    return packedBytes(number, type, problem.address());
  }

  public long scratchBytes(NativeProblem problem) {
    return scratchBytes(number, type, problem.address());
  }

  public void pack(NativeProblem problem, long weights, long bias, long packed) {
    pack(number, type, problem.address(), weights, bias, packed);
  }

  /** Returns the instruction set that the kernels use here. */
  public static native String instructions();

  /** Rules out instruction sets with longer vectors. Called once, before anything is packed. */
  static native void limit(int vectorBytes);

  private static native String[] names();

  private static native int vectorBytes();

  private static native boolean supports(int kernel, int type, long problem);

  private static native void plan(int kernel, int type, long problem);

  private static native double gain(int kernel, int type, long problem);

  private static native long packedBytes(int kernel, int type, long problem);

  private static native long scratchBytes(int kernel, int type, long problem);

  private static native void pack(
      int kernel, int type, long problem, long weights, long bias, long packed);

  public static native void run(
      int kernel,
      int type,
      long problem,
      long input,
      long residual,
      long packed,
      long output,
      long scratch);
}
