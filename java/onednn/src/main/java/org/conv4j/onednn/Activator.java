package org.conv4j.onednn;

import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompiledOp;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;

/**
 * Applies an activation: inside the primitive where oneDNN knows the function, else in place, after
 * the primitive.
 *
 * @param fused what the primitive applies
 * @param rest what is left for later, or null
 */
record Activator(List<PostOps.Eltwise> fused, Elementwise rest) {
  static Activator of(Elementwise activation) {
    Optional<List<PostOps.Eltwise>> chain = PostOps.chain(activation);
    return chain.isPresent()
        ? new Activator(chain.get(), null)
        : new Activator(List.of(), activation);
  }

  /** Adds the rest to a float32 op that applies the fused part. */
  CompiledOp complete(CompiledOp op, Shape output) {
    return rest == null
        ? op
        : Followed.compile(op, () -> new JavaActivation(output, DataType.FLOAT32, rest));
  }

  /** Adds a function to an op that applies none. */
  static CompiledOp add(CompiledOp op, Shape output, DataType dataType, Elementwise activation) {
    return Followed.compile(
        op,
        () ->
            dataType == DataType.FLOAT64
                ? new JavaActivation(output, dataType, activation)
                : PostOps.chain(activation)
                    .map(chain -> EltwisePrimitive.inPlace(output, chain))
                    .orElseGet(() -> new JavaActivation(output, dataType, activation)));
  }
}
