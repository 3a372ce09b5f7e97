package org.conv4j.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.model.Model;
import org.conv4j.operation.reshaping.ExpandDims;
import org.conv4j.operation.reshaping.GetItem;
import org.conv4j.operation.reshaping.Index;
import org.conv4j.operation.reshaping.MergeTime;
import org.conv4j.operation.reshaping.Pad;
import org.conv4j.operation.reshaping.Repeat;
import org.conv4j.operation.reshaping.Reshape;
import org.conv4j.operation.reshaping.SplitPart;
import org.conv4j.operation.reshaping.Squeeze;
import org.conv4j.operation.reshaping.Stack;
import org.conv4j.operation.reshaping.Transpose;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

/** What NumPy would make of 0, 1, 2, ... in some shape. */
class OperationTest {
  private static final Shape SHAPE = Shape.of(2, 3, 4);

  private static float[] run(Operation operation, Shape shape) {
    float[] counting = new float[(int) shape.elementCount()];
    for (int i = 0; i < counting.length; i++) {
      counting[i] = i;
    }
    Model model = Model.of(operation, Weights.none());
    try (Plan plan =
            model.compile(
                shape, DataType.FLOAT32, Engines.byName("reference"), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor input = Tensor.of(shape, counting);
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      assertThat(plan.outputShape()).isEqualTo(operation.resultShape(List.of(shape)));
      session.run(input, output);
      return output.toFloatArray();
    }
  }

  private static Shape shape(Operation operation) {
    return operation.resultShape(List.of(SHAPE));
  }

  private static Index range(Integer start, Integer stop, Integer step) {
    return new Index.Range(start, stop, step);
  }

  private static Constant constant(Shape shape, double... values) {
    return Constant.of(shape, values);
  }

  @Test
  void itemsAreTakenAsPythonDoes() {
    Shape line = Shape.of(7);
    int[] all = IntStream.range(0, 7).toArray();
    for (Integer start : Arrays.asList(null, 0, 2, -1, -3, -9, 6, 9)) {
      for (Integer stop : Arrays.asList(null, 0, 3, -1, -2, -9, 7, 9)) {
        for (Integer step : Arrays.asList(null, 1, 2, 3, -1, -2, 9)) {
          GetItem item = new GetItem("item", List.of(range(start, stop, step)));
          float[] expected = slice(all, start, stop, step);
          if (expected.length == 0) {
            assertThatThrownBy(() -> item.resultShape(List.of(line)))
                .isInstanceOf(ShapeMismatchException.class)
                .hasMessageContaining("takes nothing");
          } else {
            assertThat(run(item, line)).as("[%s:%s:%s]", start, stop, step).isEqualTo(expected);
          }
        }
      }
    }
  }

  /**
   * Python's rules in words: bounds beyond an end mean that end, elements are walked one by one.
   */
  private static float[] slice(int[] all, Integer start, Integer stop, Integer step) {
    int by = step == null ? 1 : step;
    int length = all.length;
    int from = start == null ? (by > 0 ? 0 : length - 1) : start < 0 ? start + length : start;
    int to = stop == null ? (by > 0 ? length : -1) : stop < 0 ? Math.max(stop + length, -1) : stop;
    from = by > 0 ? Math.max(from, 0) : Math.min(from, length - 1);
    float[] taken = new float[length];
    int count = 0;
    for (int i = from; by > 0 ? i < Math.min(to, length) : i > to && i >= 0; i += by) {
      taken[count++] = all[i];
    }
    return Arrays.copyOf(taken, count);
  }

  @Test
  void itemsDropAndAddAxes() {
    GetItem item =
        new GetItem(
            "item",
            List.of(new Index.At(-1), Index.NEW_AXIS, Index.ELLIPSIS, range(null, null, -2)));
    assertThat(shape(item)).isEqualTo(Shape.of(1, 3, 2));
    assertThat(run(item, SHAPE)).containsExactly(15, 13, 19, 17, 23, 21);
    assertThat(shape(new GetItem("item", List.of(Index.ELLIPSIS)))).isEqualTo(SHAPE);
  }

  @Test
  void operandsAreBroadcastFromTheLastAxisOn() {
    Arithmetic minus =
        new Arithmetic(
            "minus", BinaryFunction.SUBTRACT, constant(Shape.of(3, 1), 100, 200, 300), null);
    assertThat(Arrays.copyOf(run(minus, SHAPE), 6)).containsExactly(100, 99, 98, 97, 196, 195);
    Arithmetic wider =
        new Arithmetic("wider", BinaryFunction.ADD, null, constant(Shape.of(2, 1, 1, 1), 0, 1000));
    assertThat(shape(wider)).isEqualTo(Shape.of(2, 2, 3, 4));
    assertThat(run(wider, SHAPE)).startsWith(0, 1, 2).endsWith(1022, 1023);
  }

  @Test
  void reductionsNameTheirAxes() {
    IntTuple outer = IntTuple.of(-1, 0);
    assertThat(run(new Reduce("r", ReductionKind.SUM, outer, false), SHAPE))
        .containsExactly(60, 92, 124);
    assertThat(shape(new Reduce("r", ReductionKind.SUM, outer, true))).isEqualTo(Shape.of(1, 3, 1));
    assertThat(run(new Reduce("r", ReductionKind.MAX, null, false), SHAPE)).containsExactly(23);
    assertThat(run(new Variance("v", IntTuple.of(2), false, false), SHAPE)).containsOnly(1.25f);
  }

  @Test
  void elementsAreRepeatedAloneOrTogether() {
    Shape pair = Shape.of(1, 2);
    assertThat(run(new Repeat("r", 2, 1, false), pair)).containsExactly(0, 0, 1, 1);
    assertThat(run(new Repeat("r", 2, -1, true), pair)).containsExactly(0, 1, 0, 1);
  }

  @Test
  void partsOfASplit() {
    assertThat(run(new SplitPart("s", 0, 2, IntTuple.of(), 1), Shape.of(4))).containsExactly(2, 3);
    IntTuple cuts = IntTuple.of(1, 3);
    assertThat(run(new SplitPart("s", 0, 0, cuts, 0), Shape.of(5))).containsExactly(0);
    assertThat(run(new SplitPart("s", 0, 0, cuts, 1), Shape.of(5))).containsExactly(1, 2);
    assertThat(run(new SplitPart("s", 0, 0, cuts, 2), Shape.of(5))).containsExactly(3, 4);
  }

  @Test
  void shapesAndOrders() {
    assertThat(shape(new Reshape("r", List.of(-1L, 6L)))).isEqualTo(Shape.of(4, 6));
    assertThat(shape(new Transpose("t", null))).isEqualTo(Shape.of(4, 3, 2));
    assertThat(run(new Transpose("t", IntTuple.of(0, -1, 1)), Shape.of(1, 2, 2)))
        .containsExactly(0, 2, 1, 3);
    assertThat(shape(new ExpandDims("e", IntTuple.of(0, -1)))).isEqualTo(Shape.of(1, 2, 3, 4, 1));
    assertThat(new Squeeze("s", null).resultShape(List.of(Shape.of(1, 1, 5, 1))))
        .isEqualTo(Shape.of(1, 5));
    assertThat(shape(new MergeTime("m"))).isEqualTo(Shape.of(6, 4));
  }

  @Test
  void matricesAreMultipliedByOneOrByAsMany() {
    Matmul byOne = new Matmul("m", null, constant(Shape.of(2, 1), 1, 10));
    assertThat(run(byOne, Shape.of(2, 1, 2))).containsExactly(10, 32);
    Matmul byMany = new Matmul("m", constant(Shape.of(2, 1, 2), 1, 10, 100, 1000), null);
    assertThat(run(byMany, Shape.of(2, 2, 1))).containsExactly(10, 3200);
  }

  @Test
  void illegalArgumentsAreRefused() {
    for (Runnable illegal :
        List.<Runnable>of(
            () -> new GetItem("g", List.of(Index.ELLIPSIS, Index.ELLIPSIS)),
            () -> new GetItem("g", List.of(range(null, null, 0))),
            () -> new Reshape("r", List.of(-1L, -1L)),
            () -> new Reshape("r", List.of(0L)),
            () -> new Repeat("r", 0, 0, true),
            () -> new Repeat("r", Integer.MAX_VALUE, 0, true),
            () -> new SplitPart("s", 0, 2, IntTuple.of(), 2),
            () -> new Pad("p", IntTuple.of(-1), IntTuple.of(0), 0),
            () -> shape(new Reduce("r", ReductionKind.SUM, IntTuple.of(3), false)),
            () -> shape(new Reduce("r", ReductionKind.SUM, IntTuple.of(0, -3), false)))) {
      assertThatThrownBy(illegal::run).isInstanceOf(InvalidLayerException.class);
    }
  }

  @Test
  void inputsThatDoNotFitAreRefused() {
    for (Operation operation :
        List.of(
            new GetItem("g", List.of(new Index.At(2))),
            new GetItem(
                "g",
                List.of(
                    Index.ELLIPSIS,
                    new Index.At(0),
                    new Index.At(0),
                    new Index.At(0),
                    new Index.At(0))),
            new Reshape("r", List.of(-1L, 7L)),
            new Squeeze("s", IntTuple.of(1)),
            new Matmul("m", null, constant(Shape.of(3, 1), 1, 2, 3)),
            new Pad("p", IntTuple.of(1, 1), IntTuple.of(0, 0), 0),
            new SplitPart("s", 1, 2, IntTuple.of(), 0),
            new Transpose("t", IntTuple.of(0, 1)),
            new Arithmetic("a", BinaryFunction.ADD, null, constant(Shape.of(2), 1, 2)),
            new Stack("s", 2, 0))) {
      assertThatThrownBy(() -> operation.outputShape(List.of(SHAPE)))
          .as(operation.toString())
          .isInstanceOf(Conv4jException.class)
          .hasMessageContaining("'" + operation.name() + "'");
    }
  }
}
