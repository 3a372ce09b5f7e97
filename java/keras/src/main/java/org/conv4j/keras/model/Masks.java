package org.conv4j.keras.model;

import java.util.Set;
import org.conv4j.layer.Layer;
import org.conv4j.layer.Wrapper;
import org.conv4j.layer.activation.Softmax;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.core.TimeDistributed;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.normalization.BatchNormalization;
import org.conv4j.layer.normalization.GroupNormalization;
import org.conv4j.layer.normalization.LayerNormalization;
import org.conv4j.layer.normalization.UnitNormalization;
import org.conv4j.layer.pooling.GlobalAveragePooling1D;
import org.conv4j.layer.pooling.MaxPooling1D;
import org.conv4j.layer.recurrent.Bidirectional;
import org.conv4j.layer.recurrent.MergeMode;
import org.conv4j.layer.recurrent.RNN;
import org.conv4j.layer.reshaping.Flatten;
import org.conv4j.model.ModelLayer;
import org.conv4j.operation.MaskedAverage;

/**
 * What layers do with the mask that Keras passes along with a sequence. Those for which Keras's
 * versions disagree, or that compute something else with a mask than without, are for nobody here.
 */
final class Masks {
  /** What becomes of a mask. */
  enum Effect {
    /** Steps are skipped. */
    USED,
    /** It goes along with the result, which is the same as without it. */
    PASSED,
    /** It ends here. */
    DROPPED,
    /** The result is the same; whether it goes along, the calls of the layers behind it say. */
    UNTOLD,
    /** It would change the result in a way that is not supported. */
    REFUSED
  }

  /** The classes of layers that return what they are given, and its mask. */
  private static final Set<String> DROPOUTS =
      Set.of(
          "Dropout",
          "SpatialDropout1D",
          "AlphaDropout",
          "GaussianDropout",
          "GaussianNoise",
          "ActivityRegularization");

  private Masks() {}

  /**
   * What a layer does with a mask that comes with what it takes.
   *
   * @param layer the layer
   * @param recorded whether its call would name the mask if it changed the result
   */
  static Effect of(Layer layer, boolean recorded) {
    Layer inner = layer instanceof TimeDistributed ? layer : Wrapper.innermost(layer);
    if (inner instanceof RNN
        || inner instanceof Bidirectional
        || inner instanceof GlobalAveragePooling1D) {
      return Effect.USED;
    }
    if (recorded && (inner instanceof ModelLayer || isMerging(inner))) {
      return Effect.UNTOLD;
    }
    if (passes(inner)) {
      return Effect.PASSED;
    }
    Package home = inner.getClass().getPackage();
    boolean drops =
        home.equals(Conv1D.class.getPackage())
            || home.equals(Flatten.class.getPackage())
            || home.equals(MaxPooling1D.class.getPackage());
    return drops ? Effect.DROPPED : Effect.REFUSED;
  }

  private static boolean isMerging(Layer layer) {
    return layer.getClass().getPackage().equals(Add.class.getPackage());
  }

  private static boolean passes(Layer layer) {
    return layer instanceof Dense
        || layer instanceof Identity identity && DROPOUTS.contains(identity.className())
        || layer instanceof BatchNormalization
        || layer instanceof GroupNormalization
        || layer instanceof LayerNormalization
        || layer instanceof UnitNormalization
        || layer.getClass().getPackage().equals(Softmax.class.getPackage())
            && !(layer instanceof Softmax);
  }

  /** A layer that uses a mask, made to take it as its last input. */
  static Layer masked(Layer layer) {
    if (layer instanceof GlobalAveragePooling1D pooling) {
      return new MaskedAverage(pooling.options());
    }
    return layer instanceof RNN rnn
        ? rnn.options(rnn.options().masked(true))
        : ((Bidirectional) layer).masked(true);
  }

  /** How many of the first outputs of a layer that uses a mask have a result for each step. */
  static int sequences(Layer layer) {
    if (layer instanceof GlobalAveragePooling1D) {
      return 0;
    }
    if (layer instanceof Bidirectional both) {
      int outputs = both.mergeMode() == MergeMode.NONE ? 2 : 1;
      return both.forward().options().returnSequences() ? outputs : 0;
    }
    return ((RNN) layer).options().returnSequences() ? 1 : 0;
  }
}
