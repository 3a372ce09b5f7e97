package org.conv4j.testkit.goldens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;
import org.conv4j.layer.Layer;
import org.conv4j.layer.MultiInputLayer;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.model.Node;
import org.conv4j.operation.Operation;
import org.conv4j.operation.reshaping.Squeeze;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.goldens.SavedModels.Answer;
import org.conv4j.testkit.goldens.SavedModels.SavedModel;
import org.junit.jupiter.api.Test;

/** What a layer says of inputs whose extents are not all known is what it says of any that are. */
class OpenShapesTest {
  @Test
  void everyLayerKeepsOpenWhatIsOpen() {
    int layers = 0;
    for (String layerClass : Goldens.CLASSES) {
      for (Goldens.Golden golden : Goldens.of(layerClass)) {
        check(golden.id(), golden.layer().layer(), List.of(golden.input().shape()));
        layers++;
      }
    }
    for (String group : LayerGoldens.GROUPS) {
      for (LayerGoldens.LayerGolden golden : LayerGoldens.of(group)) {
        Layer layer;
        try {
          layer = golden.layer();
        } catch (InvalidLayerException notSupported) {
          continue;
        }
        check(golden.id(), layer, golden.shapes());
        layers++;
      }
    }
    assertThat(layers).isGreaterThan(500);
  }

  @Test
  void everyNodeOfAModelKeepsOpenWhatIsOpen() {
    for (SavedModel saved : SavedModels.all()) {
      for (Path file : saved.files().subList(0, 1)) {
        try (KerasModel loaded = KerasModels.load(file);
            Answer answer = Answer.read(saved.goldens().get(0))) {
          List<Shape> shapes =
              loaded.model().shapes(answer.inputs().stream().map(Tensor::shape).toList());
          for (Node node : loaded.model().nodes()) {
            List<Shape> taken = node.inputs().stream().map(shapes::get).toList();
            check(saved.name() + ", " + node.path(), node.layer(), taken);
          }
        }
      }
    }
  }

  private static void check(String name, Layer layer, List<Shape> inputs) {
    Shape expected = layer.outputShape(inputs);
    List<Shape> anyBatch = inputs.stream().map(input -> input.withDim(0, Shape.UNKNOWN)).toList();
    check(name, layer, inputs, anyBatch);
    if (!(layer instanceof Operation)) {
      assertThat(layer.outputShape(anyBatch))
          .as("%s of %s", name, anyBatch)
          .isEqualTo(expected.withDim(0, Shape.UNKNOWN));
      assertThat(layer.weights(anyBatch)).isEqualTo(layer.weights(inputs));
    }
    List<Shape> open = new ArrayList<>(inputs);
    for (int i = 0; i < inputs.size(); i++) {
      for (int axis = 0; axis < inputs.get(i).rank(); axis++) {
        List<Shape> single = new ArrayList<>(inputs);
        single.set(i, single.get(i).withDim(axis, Shape.UNKNOWN));
        check(name, layer, inputs, single);
        open.set(i, open.get(i).withDim(axis, Shape.UNKNOWN));
      }
    }
    check(name, layer, inputs, open);
  }

  private static void check(String name, Layer layer, List<Shape> inputs, List<Shape> open) {
    Shape expected = layer.outputShape(inputs);
    Shape actual;
    try {
      actual = layer.outputShape(open);
      assertThat(layer.weights(open)).isEqualTo(layer.weights(inputs));
    } catch (ShapeMismatchException unknown) {
      assertThat(learnsNothing(layer)).as("%s of %s: %s", name, open, unknown).isFalse();
      assertThat(unknown).hasMessageContaining("not known").hasMessageContaining("Layer '");
      return;
    }
    if (layer instanceof Squeeze squeeze && squeeze.axes() == null) {
      return;
    }
    assertThat(actual.rank()).as("%s of %s", name, open).isEqualTo(expected.rank());
    for (int axis = 0; axis < actual.rank(); axis++) {
      if (actual.extent(axis) != Shape.UNKNOWN) {
        assertThat(actual.extent(axis))
            .as("%s of %s, axis %d", name, open, axis)
            .isEqualTo(expected.dim(axis));
      }
    }
  }

  private static boolean learnsNothing(Layer layer) {
    return layer instanceof WeightlessLayer
        || layer instanceof MultiInputLayer
        || layer instanceof Operation;
  }

  @Test
  void nothingIsLoweredBeforeItIsKnown() {
    Goldens.Golden golden = Goldens.of("Conv2D").get(0);
    Shape open = golden.input().shape().withDim(1, Shape.UNKNOWN);
    assertThatThrownBy(
            () ->
                org.conv4j.model.Model.of(golden.layer().layer(), golden.layerWeights())
                    .lower(open))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining(open.toString());
  }
}
