package org.conv4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation of arrays gives what PyTorch's arrays give, also on views of any strides. */
class ArrayTest {
  private final NDManager ours = Engine.getEngine("Conv4j").newBaseManager();
  private final NDManager theirs = Engine.getEngine("PyTorch").newBaseManager();

  @AfterEach
  void close() {
    ours.close();
    theirs.close();
  }

  private static final Map<String, UnaryOperator<NDArray>> OPERATIONS = new TreeMap<>();

  static {
    OPERATIONS.put("identity", array -> array);
    OPERATIONS.put("duplicate", NDArray::duplicate);
    OPERATIONS.put("add a number", array -> array.add(1.5f));
    OPERATIONS.put("subtract a number", array -> array.sub(2));
    OPERATIONS.put("multiply by a number", array -> array.mul(0.5));
    OPERATIONS.put("divide by a number", array -> array.div(255));
    OPERATIONS.put("add", array -> array.add(array));
    OPERATIONS.put("subtract", array -> array.sub(array.mul(2)));
    OPERATIONS.put("multiply", array -> array.mul(array));
    OPERATIONS.put("divide", array -> array.div(array.add(300)));
    OPERATIONS.put("power", array -> array.pow(2));
    OPERATIONS.put("broadcast", array -> array.sub(array.mean(new int[] {1}, true)));
    OPERATIONS.put("in place", array -> floats(array).addi(1).muli(2).subi(3).divi(4));
    OPERATIONS.put("in place with arrays", array -> floats(array).addi(array).muli(array));
    OPERATIONS.put("negative", NDArray::neg);
    OPERATIONS.put("square", NDArray::square);
    OPERATIONS.put("square root", array -> array.abs().sqrt());
    OPERATIONS.put("exponential", array -> array.div(100).exp());
    OPERATIONS.put("logarithm", array -> array.abs().add(1).log());
    OPERATIONS.put("clip", array -> array.clip(-20, 40));
    OPERATIONS.put("max", array -> array.max());
    OPERATIONS.put("max along axes", array -> array.max(new int[] {2}));
    OPERATIONS.put("min", array -> array.min(new int[] {1}, true));
    OPERATIONS.put("sum", NDArray::sum);
    OPERATIONS.put("sum along an axis", array -> array.sum(new int[] {-1}));
    OPERATIONS.put("mean", array -> array.toType(DataType.FLOAT32, false).mean());
    OPERATIONS.put("argMax", array -> array.argMax());
    OPERATIONS.put("argMax along an axis", array -> array.argMax(1));
    OPERATIONS.put("argMin along an axis", array -> array.argMin(-1));
    OPERATIONS.put("softmax", array -> array.toType(DataType.FLOAT32, false).softmax(1));
    OPERATIONS.put("log of softmax", array -> array.toType(DataType.FLOAT64, true).logSoftmax(-1));
    OPERATIONS.put("argSort", array -> array.argSort(-1, false));
    OPERATIONS.put("sort", array -> array.sort(0));
    OPERATIONS.put("best", array -> array.topK(2, 1, true, true).get(0));
    OPERATIONS.put("positions of the best", array -> array.topK(2, 1, true, true).get(1));
    OPERATIONS.put("reshape", array -> array.reshape(-1, 2));
    OPERATIONS.put("flatten", NDArray::flatten);
    OPERATIONS.put("expandDims", array -> array.expandDims(-1).expandDims(0));
    OPERATIONS.put("squeeze", array -> array.expandDims(1).squeeze(1));
    OPERATIONS.put("transpose", NDArray::transpose);
    OPERATIONS.put("transpose axes", array -> array.transpose(2, 0, 1));
    OPERATIONS.put("split", array -> array.split(2, 0).get(1));
    OPERATIONS.put("split at", array -> array.split(new long[] {1, 3}, 2).get(1));
    OPERATIONS.put("slice", array -> array.get(new NDIndex("1:, :, ::2")));
    OPERATIONS.put("fixed index", array -> array.get(1));
    OPERATIONS.put("last index", array -> array.get("..., -1"));
    OPERATIONS.put("stack", array -> NDArrays.stack(new NDList(array, array.mul(2)), 0));
    OPERATIONS.put("stack inside", array -> NDArrays.stack(new NDList(array, array.mul(2)), 2));
    OPERATIONS.put("concat", array -> array.concat(array.neg(), 1));
    OPERATIONS.put("relu", array -> array.getNDArrayInternal().relu());
    OPERATIONS.put("sigmoid", array -> array.div(50).getNDArrayInternal().sigmoid());
    OPERATIONS.put("tanh", array -> array.div(50).getNDArrayInternal().tanh());
    OPERATIONS.put("toTensor", array -> array.getNDArrayInternal().toTensor());
    OPERATIONS.put("resize up", array -> array.getNDArrayInternal().resize(7, 9, 1));
    OPERATIONS.put("resize down", array -> array.getNDArrayInternal().resize(2, 3, 1));
    OPERATIONS.put("nearest", array -> array.getNDArrayInternal().resize(7, 3, 0));
    OPERATIONS.put("to int32", array -> array.toType(DataType.INT32, true));
    OPERATIONS.put("to float64", array -> array.toType(DataType.FLOAT64, true));
  }

  private static NDArray floats(NDArray array) {
    return array.toType(DataType.FLOAT32, false).duplicate();
  }

  static Iterable<String> operations() {
    return OPERATIONS.keySet();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void equalsPyTorch(String name) {
    UnaryOperator<NDArray> operation = OPERATIONS.get(name);
    for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64, DataType.UINT8}) {
      if (type == DataType.UINT8 && UNSIGNED_DIFFERS.contains(name)) {
        continue;
      }
      check(operation, type, array -> array);
      check(operation, type, array -> array.transpose(2, 0, 1));
      check(operation, type, array -> array.get(new NDIndex("1:5, 1:, ::2")));
      check(operation, type, array -> array.get(new NDIndex("::2, :, 1:")).transpose(1, 0, 2));
    }
  }

  /** Whole numbers below zero and above 255 are none of an image's; PyTorch wraps or promotes. */
  private static final Set<String> UNSIGNED_DIFFERS =
      Set.of(
          "add",
          "subtract a number",
          "subtract",
          "negative",
          "multiply",
          "square",
          "power",
          "divide",
          "stack",
          "stack inside",
          "concat",
          "logarithm",
          "broadcast",
          "clip",
          "square root",
          "argSort",
          "positions of the best",
          "argMax",
          "argMax along an axis",
          "argMin along an axis");

  private void check(UnaryOperator<NDArray> operation, DataType type, UnaryOperator<NDArray> view) {
    Random random = new Random(5);
    int size = 6 * 4 * 6;
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] =
          type == DataType.UINT8 ? random.nextInt(256) : 100 * (float) random.nextGaussian();
    }
    Shape shape = new Shape(6, 4, 6);
    NDArray mine = view.apply(ours.create(values, shape).toType(type, true));
    NDArray other = view.apply(theirs.create(values, shape).toType(type, true));
    assertEqual(operation.apply(mine), operation.apply(other));
  }

  private static void assertEqual(NDArray result, NDArray expected) {
    assertThat(result.getShape()).isEqualTo(expected.getShape());
    assertThat(result.getDataType()).isEqualTo(expected.getDataType());
    double[] numbers = result.toType(DataType.FLOAT64, true).toDoubleArray();
    double[] wanted = expected.toType(DataType.FLOAT64, true).toDoubleArray();
    // A resized pixel is cut to a whole number, and that may be the next.
    double pixel = result.getDataType() == DataType.UINT8 ? 1 : 0;
    Offset<Double> rounding =
        Offset.offset(
            pixel + 1e-6 * Math.max(1, Arrays.stream(wanted).map(Math::abs).max().orElse(0)));
    for (int i = 0; i < wanted.length; i++) {
      assertThat(numbers[i]).isCloseTo(wanted[i], rounding);
    }
  }

  @Test
  void imagesAreNormalizedWhereverTheirChannelsLie() {
    float[] mean = {0.1f, 0.5f, 0.7f};
    float[] std = {0.3f, 0.2f, 0.9f};
    Map<String, UnaryOperator<NDArray>> images =
        Map.of(
            "turned", array -> array.reshape(4, 5, 3).transpose(2, 0, 1),
            "as called", array -> array.reshape(3, 4, 5),
            "a batch", array -> array.reshape(1, 4, 5, 3).transpose(0, 3, 1, 2),
            "with gaps", array -> array.reshape(3, 4, 5).get(":, :, ::2"));
    float[] values = new float[60];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    images.forEach(
        (name, image) -> {
          NDArray result =
              image.apply(ours.create(values)).getNDArrayInternal().normalize(mean, std);
          NDArray other = image.apply(theirs.create(values));
          NDArray expected = other.getNDArrayInternal().normalize(mean, std);
          assertEqual(result, expected);
        });
  }

  @Test
  void anImageTurnsAndIsStackedWithoutMovingPixels() {
    NDArray image = ours.create(new float[2 * 3 * 4], new Shape(2, 3, 4));
    NDArray tensor = image.getNDArrayInternal().toTensor();
    Conv4jArray batch = (Conv4jArray) NDArrays.stack(new NDList(tensor, tensor.add(1)));
    assertThat(batch.getShape()).isEqualTo(new Shape(2, 4, 2, 3));
    assertThat(batch.view().transposed(InputLayout.last(4)).isContiguous()).isTrue();
  }

  @Test
  void viewsShareElementsUntilTheLastIsClosed() {
    NDArray array = ours.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
    NDArray view = array.transpose();
    array.addi(1);
    array.close();
    assertThat(view.toFloatArray()).containsExactly(2, 4, 3, 5);
    view.close();
    assertThatThrownBy(view::toFloatArray).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> array.add(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theManagerClosesItsArrays() {
    NDManager manager = ours.newSubManager();
    NDArray array = manager.create(new float[] {1, 2});
    manager.close();
    assertThatThrownBy(array::toFloatArray).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> manager.create(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsMissingRunsOnAnotherEngine() {
    NDArray array = ours.create(new float[] {0, 1});
    assertThat(array.sin().toFloatArray()[1]).isEqualTo((float) Math.sin(1));
    assertThat(array.getNDArrayInternal().softSign().toFloatArray()).containsExactly(0, 0.5f);
  }

  @Test
  void wholeNumbersOfAnySizeAreKept() {
    NDArray array = ours.create(new long[] {Long.MAX_VALUE, Long.MIN_VALUE + 1});
    assertThat(array.toLongArray()).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE + 1);
  }

  @Test
  void copiesOfOtherEnginesArraysAreClosedWithTheManager() {
    int before = Conv4jManager.system().getManagedArrays().size();
    NDArray array = ours.create(new float[] {1, 2});
    NDArray other = theirs.create(new float[] {3, 4});
    assertThat(array.add(other).toFloatArray()).containsExactly(4, 6);
    assertThat(NDArrays.stack(new NDList(array, other)).toFloatArray()).containsExactly(1, 2, 3, 4);
    ours.close();
    assertThat(Conv4jManager.system().getManagedArrays()).hasSize(before);
  }
}
