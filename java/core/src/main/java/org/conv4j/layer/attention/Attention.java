package org.conv4j.layer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.ReductionKind;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.Layer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.Reduction;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's Attention and AdditiveAttention. Its inputs are the query, of shape {@code (batch,
 * queries, channels)}, the value and, if it is another one, the key, both of shape {@code (batch,
 * keys, channels)}.
 *
 * <p>Weights: {@code scale}, if it is used: a number, of the additive kind one for each channel;
 * {@code concat_score_weight}, a number, of the kind {@link Score#CONCAT}.
 *
 * @param name the layer's name
 * @param score how queries and keys are compared
 * @param useScale whether there is a scale
 */
public record Attention(String name, Score score, boolean useScale) implements Layer {
  /** How the score of a query and a key comes about. */
  public enum Score {
    /** Their product, perhaps scaled. */
    DOT,
    /** A weight times the sum of {@code tanh(scale * (query + key))}. */
    CONCAT,
    /** The sum of {@code scale * tanh(query + key)}: Keras's AdditiveAttention. */
    ADDITIVE
  }

  /**
   * Checks that nothing is null.
   *
   * @param name see {@link #name}
   * @param score see {@link #score}
   * @param useScale see {@link #useScale}
   */
  public Attention {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(score, "score");
  }

  @Override
  public String className() {
    return score == Score.ADDITIVE ? "AdditiveAttention" : "Attention";
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    outputShape(inputs);
    List<WeightSpec> specs = new ArrayList<>();
    if (useScale) {
      Shape query = inputs.get(0);
      specs.add(
          new WeightSpec(
              "scale",
              score == Score.ADDITIVE
                  ? Shape.of(Arguments.known(name, query, -1, query).dim(-1))
                  : Shape.of()));
    }
    if (score == Score.CONCAT) {
      specs.add(new WeightSpec("concat_score_weight", Shape.of()));
    }
    return List.copyOf(specs);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Attending.check(name, inputs);
    Shape query = inputs.get(0);
    Shape value = inputs.get(1);
    Shape key = inputs.get(inputs.size() - 1);
    if (Extents.differ(query.extent(2), key.extent(2))) {
      throw new ShapeMismatchException(
          "Layer '%s' needs a query and a key of as many channels; given %s."
              .formatted(name, inputs));
    }
    return Shape.open(query.extent(0), query.extent(1), value.extent(2));
  }

  @Override
  public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    List<Value> in = new ArrayList<>();
    for (Value input : inputs) {
      in.add(lowering.asSeen(name, input));
    }
    Value query = in.get(0);
    Value key = in.get(in.size() - 1);
    Value scores =
        score == Score.DOT
            ? scaled(lowering, Attending.scores(lowering, name, query, key), weights)
            : sums(lowering, query, key, weights);
    Value attention = Attending.weights(lowering, name, scores);
    return Attending.product(lowering, name, attention, in.get(1));
  }

  private Value sums(Lowering lowering, Value query, Value key, Weights weights) {
    Shape one = query.shape();
    Shape other = key.shape();
    Value queries = lowering.reshape(name, query, Shape.of(one.dim(0), one.dim(1), 1, one.dim(2)));
    Value keys = lowering.reshape(name, key, Shape.of(other.dim(0), 1, other.dim(1), other.dim(2)));
    boolean before = score == Score.CONCAT && useScale;
    Binary add =
        new Binary(
            queries.shape(),
            keys.shape(),
            BinaryFunction.ADD,
            before ? Activation.LINEAR : Activation.TANH);
    Value pairs =
        lowering.append(name, add, List.of(queries, keys), List.of(), DataFormat.CHANNELS_LAST);
    if (before) {
      Value factor = lowering.constant(weights.get("scale").reshape(Shape.of(1, 1, 1, 1)));
      Binary scale =
          new Binary(pairs.shape(), factor.shape(), BinaryFunction.MULTIPLY, Activation.TANH);
      pairs =
          lowering.append(name, scale, List.of(pairs, factor), List.of(), DataFormat.CHANNELS_LAST);
    } else if (useScale) {
      Shape channels = Shape.of(1, 1, 1, one.dim(2));
      Value factors = lowering.constant(weights.get("scale").reshape(channels));
      pairs = Attending.binary(lowering, name, BinaryFunction.MULTIPLY, pairs, factors);
    }
    Reduction sum = new Reduction(pairs.shape(), IntTuple.of(3), ReductionKind.SUM);
    Value sums = lowering.append(name, sum, pairs, List.of(), DataFormat.CHANNELS_LAST);
    Value scores = lowering.reshape(name, sums, Shape.of(one.dim(0), one.dim(1), other.dim(1)));
    if (score == Score.ADDITIVE) {
      return scores;
    }
    Value weight = lowering.constant(weights.get("concat_score_weight").reshape(Shape.of(1, 1, 1)));
    return Attending.binary(lowering, name, BinaryFunction.MULTIPLY, scores, weight);
  }

  private Value scaled(Lowering lowering, Value scores, Weights weights) {
    if (!useScale) {
      return scores;
    }
    Value factor = lowering.constant(weights.get("scale").reshape(Shape.of(1, 1, 1)));
    return Attending.binary(lowering, name, BinaryFunction.MULTIPLY, scores, factor);
  }
}
