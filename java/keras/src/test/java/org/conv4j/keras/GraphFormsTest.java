package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conv4j.keras.ConfigTexts.functional;
import static org.conv4j.keras.ConfigTexts.input;
import static org.conv4j.keras.ConfigTexts.layer;
import static org.conv4j.keras.ConfigTexts.nested;
import static org.conv4j.keras.ConfigTexts.relu;
import static org.conv4j.keras.ConfigTexts.tensor;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.Node;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;

/** The ways in which versions of Keras write the same graph. */
class GraphFormsTest {
  private static final String X = input("x", "[null, 4]");
  private static final String Y = input("y", "[null, 4]");
  private static final String FROM_X = "['x', 0, 0]";

  private static List<String> paths(Model model) {
    return model.nodes().stream().map(Node::path).toList();
  }

  @Test
  void dictionariesAreOrderedByTheirKeys() {
    Model model =
        ConfigTexts.read(
            functional(
                "m",
                "{'second': ['x', 0, 0], 'first': ['y', 0, 0]}",
                "{'z': ['a', 0, 0], 'b': [['b', 0, 0], ['x', 0, 0]]}",
                X,
                Y,
                relu("a", tensor("x")),
                relu("b", tensor("y"))));
    assertThat(model.inputs()).extracting(InputSpec::name).containsExactly("first", "second");
    assertThat(model.outputNames()).containsExactly("b", "b_1", "z");
    assertThat(model.outputValues()).containsExactly(paths(model).indexOf("b") + 2, 1, 2);
  }

  @Test
  void callsMayBeListedBeforeWhatTheyTake() {
    List<String> layers = new ArrayList<>();
    int length = 5000;
    for (int i = length; i > 0; i--) {
      layers.add(relu("r" + i, tensor(i == 1 ? "x" : "r" + (i - 1))));
    }
    layers.add(X);
    Model model =
        ConfigTexts.read(
            functional(
                "m", FROM_X, "['r%d', 0, 0]".formatted(length), layers.toArray(String[]::new)));
    assertThat(paths(model)).hasSize(length).startsWith("r1", "r2").endsWith("r" + length);
  }

  @Test
  void sharedLayersAreCalledSeveralTimes() {
    Model model =
        ConfigTexts.read(
            functional(
                "m",
                FROM_X,
                "['sum', 0, 0]",
                X,
                relu("a", tensor("x"), tensor("a", 0, 0)),
                layer("Add", "sum", "", "[" + tensor("a", 1, 0) + ", " + tensor("a", 0, 0) + "]")));
    assertThat(paths(model)).containsExactly("a", "a", "sum");
    assertThat(model.nodes().get(2).inputs()).containsExactly(2, 1);
  }

  @Test
  void theLayersOfNestedModelsTakeTheirPlace() {
    String inner =
        functional("inner", FROM_X, "[['a', 0, 0], ['x', 0, 0]]", X, relu("a", tensor("x")));
    String both = "[" + tensor("inner", 0, 1) + ", " + tensor("inner", 1, 0) + "]";
    Model model =
        ConfigTexts.read(
            functional(
                "m",
                FROM_X,
                "['inner', 2, 0]",
                X,
                nested(inner, tensor("x"), tensor("sum")),
                layer("Add", "sum", "", "[" + tensor("inner", 0, 0) + ", " + tensor("x") + "]"),
                layer("Add", "unused", "", both)));
    assertThat(paths(model)).containsExactly("inner/a", "sum", "inner/a");
    assertThat(model.nodes().get(2).inputs()).containsExactly(2);
  }

  @Test
  void kerasTwoCountsTheBirthOfAModelAsACall() {
    String inner =
        functional("inner", "[['x', 0, 0]]", "[['a', 0, 0]]", X, old("ReLU", "a", "", "x", 0));
    String called =
        inner.substring(0, inner.length() - 1)
            + ", 'inbound_nodes': [[['x', 0, 0, {}]], [['b', 0, 0, {}]]]}";
    Model model =
        ConfigTexts.read(
            functional(
                "m",
                "[['x', 0, 0]]",
                "[['inner', 2, 0]]",
                X,
                called,
                old("ReLU", "b", "", "inner", 1)));
    assertThat(paths(model)).containsExactly("inner/a", "b", "inner/a");
  }

  private static String old(String className, String name, String config, String from, int call) {
    return "{'class_name': '%s', 'name': '%s', 'config': {'name': '%s'%s}, 'inbound_nodes': [[['%s', %d, 0, {}]]]}"
        .formatted(className, name, name, config, from, call);
  }

  @Test
  void kerasTwoWritesConstantsAndSecondTensorsIntoTheCall() {
    String difference =
        "{'class_name': 'TFOpLambda', 'name': 'd', 'config': {'name': 'd', 'function': 'math.subtract'}, 'inbound_nodes': [['_CONSTANT_VALUE', -1, 3.0, {'y': ['x', 0, 0], 'name': null}]]}";
    String product =
        "{'class_name': 'TFOpLambda', 'name': 'p', 'config': {'name': 'p', 'function': 'math.multiply'}, 'inbound_nodes': [['x', 0, 0, {'y': ['d', 0, 0]}]]}";
    Model model =
        ConfigTexts.read(functional("m", "[['x', 0, 0]]", "[['p', 0, 0]]", X, product, difference));
    assertThat(paths(model)).containsExactly("d", "p");
    assertThat(model.nodes().get(0).inputs()).containsExactly(0);
    assertThat(model.nodes().get(1).inputs()).containsExactly(0, 1);
  }

  @Test
  void chainsTellTheirInputInManyWays() {
    String relu = "{'class_name': 'ReLU', 'config': {'name': 'a'%s}}";
    String plain = relu.formatted("");
    for (String config :
        List.of(
            "{'name': 's', 'layers': [" + X + ", " + plain + "]}",
            "{'name': 's', 'layers': [" + relu.formatted(", 'batch_input_shape': [null, 4]") + "]}",
            "{'name': 's', 'layers': [" + plain + "], 'build_input_shape': [null, 4]}",
            "[" + X + ", " + plain + "]")) {
      Model model = ConfigTexts.read("{'class_name': 'Sequential', 'config': " + config + "}");
      assertThat(model.inputs().get(0).dims()).as(config).containsExactly(InputSpec.ANY, 4L);
      assertThat(model.outputShape(Shape.of(2, 4))).isEqualTo(Shape.of(2, 4));
    }
  }

  @Test
  void aChainMayStartWithAModel() {
    String inner = functional("inner", FROM_X, "['a', 0, 0]", X, relu("a", tensor("x")));
    Model model =
        ConfigTexts.read(
            "{'class_name': 'Sequential', 'config': {'name': 's', 'layers': [" + inner + "]}}");
    assertThat(model.inputs().get(0).dims()).containsExactly(InputSpec.ANY, 4L);
    assertThat(paths(model)).containsExactly("inner/a");
  }

  @Test
  void aChainWithoutWeightsNeedsNoShape() {
    Model model =
        ConfigTexts.read(
            "{'class_name': 'Sequential', 'config': {'name': 's', 'layers': [" + relu("a") + "]}}");
    assertThat(model.outputShape(Shape.of(2, 3, 4))).isEqualTo(Shape.of(2, 3, 4));
  }

  @Test
  void modelsAreAppliedToEachStepOfASequence() {
    String inner =
        functional(
            "inner",
            FROM_X,
            "['a', 0, 0]",
            input("x", "[null, 4, 2]"),
            layer("Flatten", "a", "", tensor("x")));
    String wrapped = layer("TimeDistributed", "each", "'layer': " + inner, tensor("x"));
    Model model =
        ConfigTexts.read(
            functional("m", FROM_X, "['each', 0, 0]", input("x", "[null, 3, 4, 2]"), wrapped));
    assertThat(model.outputShape(Shape.of(5, 3, 4, 2))).isEqualTo(Shape.of(5, 3, 8));
  }
}
