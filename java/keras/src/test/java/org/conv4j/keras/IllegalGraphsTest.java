package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conv4j.keras.ConfigTexts.functional;
import static org.conv4j.keras.ConfigTexts.input;
import static org.conv4j.keras.ConfigTexts.layer;
import static org.conv4j.keras.ConfigTexts.nested;
import static org.conv4j.keras.ConfigTexts.operation;
import static org.conv4j.keras.ConfigTexts.relu;
import static org.conv4j.keras.ConfigTexts.tensor;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.LimitExceededException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;
import org.junit.jupiter.api.Test;

/** Configurations that are wrong, by accident or on purpose. */
class IllegalGraphsTest {
  private static final String X = input("x", "[null, 4]");
  private static final String FROM_X = "['x', 0, 0]";

  private static void refused(
      Class<? extends Conv4jException> type, String config, String... words) {
    assertThatThrownBy(() -> ConfigTexts.read(config))
        .isInstanceOf(type)
        .hasMessageContaining("config")
        .hasMessageContainingAll(words);
  }

  private static String model(String output, String... layers) {
    List<String> all = new ArrayList<>(List.of(layers));
    all.add(0, X);
    return functional("m", FROM_X, output, all.toArray(String[]::new));
  }

  @Test
  void circles() {
    refused(
        MalformedFileException.class,
        model(
            "['a', 0, 0]",
            layer("Add", "a", "", "[" + tensor("x") + ", " + tensor("b") + "]"),
            relu("b", tensor("a"))),
        "depend on themselves",
        "'a'");
    refused(
        MalformedFileException.class, model("['a', 0, 0]", relu("a", tensor("a"))), "themselves");
  }

  @Test
  void looseEnds() {
    refused(
        MalformedFileException.class,
        model("['a', 0, 0]", relu("a", tensor("nothing"))),
        "nothing");
    refused(MalformedFileException.class, model("['b', 0, 0]", relu("a", tensor("x"))), "'b'");
    refused(
        MalformedFileException.class,
        model("['a', 1, 0]", relu("a", tensor("x"))),
        "call 1",
        "'a'");
    refused(
        MalformedFileException.class,
        model("['a', 0, 1]", relu("a", tensor("x"))),
        "output 1",
        "'a'");
    refused(
        MalformedFileException.class,
        model("['b', 0, 0]", relu("a", tensor("x")), relu("b", tensor("a", -1, 0))),
        "'a'");
    refused(MalformedFileException.class, model("['a', 0, 0]", relu("a")), "'a'", "0 times");
  }

  @Test
  void inputsThatAreNone() {
    refused(
        MalformedFileException.class,
        functional("m", "['a', 0, 0]", "['a', 0, 0]", X, relu("a", tensor("x"))),
        "'a'",
        "no input layer");
    refused(
        MalformedFileException.class,
        functional("m", "[['x', 0, 0], ['x', 0, 0]]", FROM_X, X),
        "'x'",
        "twice");
    refused(
        MalformedFileException.class,
        functional("m", FROM_X, "['a', 0, 0]", X, input("y", "[null, 4]"), relu("a", tensor("y"))),
        "'y'",
        "not among the model's inputs");
    refused(
        MalformedFileException.class,
        functional("m", FROM_X, "['y', 0, 0]", X, input("y", "[null, 4]")),
        "'y'",
        "not among the model's inputs");
    refused(MalformedFileException.class, model("['x', 0, 1]"), "output 1", "'x'");
    refused(MalformedFileException.class, functional("m", "[]", FROM_X, X), "input_layers");
    refused(MalformedFileException.class, functional("m", FROM_X, "3", X), "output_layers");
  }

  @Test
  void repeatedNames() {
    refused(
        MalformedFileException.class,
        model("['a', 0, 0]", relu("a", tensor("x")), relu("a", tensor("x"))),
        "two layers",
        "'a'");
    refused(
        MalformedFileException.class,
        "{'class_name': 'Sequential', 'config': {'name': 's', 'layers': [%s, %s, %s]}}"
            .formatted(X, relu("a"), relu("a")),
        "two layers",
        "'a'");
  }

  @Test
  void unknownLayersAreNamedWithTheirPath() {
    String inner =
        functional("inner", FROM_X, "['a', 0, 0]", X, layer("Mystery", "a", "", tensor("x")));
    refused(
        InvalidLayerException.class,
        model("['inner', 1, 0]", nested(inner, tensor("x"))),
        "'inner/a'",
        "Mystery");
  }

  @Test
  void illegalArgumentsAreNamedWithTheirPath() {
    String dense = layer("Dense", "a", "'units': -3", tensor("x"));
    String inner = functional("inner", FROM_X, "['a', 0, 0]", X, dense);
    refused(
        InvalidLayerException.class,
        model("['inner', 1, 0]", nested(inner, tensor("x"))),
        "'inner/a'",
        "Dense",
        "units",
        "-3");
  }

  @Test
  void unknownOperations() {
    refused(
        InvalidLayerException.class,
        model("['a', 0, 0]", operation("Einsum", "a", "'subscripts': 'ij->j'", tensor("x"))),
        "'a'",
        "Einsum");
    refused(
        InvalidLayerException.class,
        model("['a', 0, 0]", layer("TFOpLambda", "a", "'function': 'linalg.svd'", tensor("x"))),
        "'a'",
        "linalg.svd");
  }

  @Test
  void illegalOperands() {
    for (String operand : List.of("[[1, 2], [3]]", "'text'", "[]", "{}", "null", "[1, null]")) {
      refused(
          InvalidLayerException.class,
          model("['a', 0, 0]", operation("Add", "a", "", tensor("x") + ", " + operand)),
          "'a'",
          "operand");
    }
    refused(
        InvalidLayerException.class,
        model("['a', 0, 0]", operation("Mean", "a", "'axis': 'last'", tensor("x"))),
        "axis");
    refused(
        InvalidLayerException.class,
        model("['a', 0, 0]", operation("GetItem", "a", "", tensor("x") + ", [1.5]")),
        "1.5");
    refused(
        InvalidLayerException.class,
        model("['a', 0, 7]", operation("Split", "a", "'indices_or_sections': 2", tensor("x"))),
        "7");
    refused(
        InvalidLayerException.class,
        model("['a', 0, 0]", operation("Tile", "a", "'repeats': [1, 2000000000]", tensor("x"))),
        "2000000000");
  }

  @Test
  void operandsThatDoNotFit() {
    assertThatThrownBy(
            () ->
                ConfigTexts.read(
                    model("['a', 0, 0]", operation("Add", "a", "", tensor("x") + ", [1, 2, 3]"))))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContainingAll("'a'", "(1, 3)");
  }

  @Test
  void argumentsOfCallsThatWouldMatter() {
    String masked = relu("a", tensor("x")).replace("'kwargs': {}", "'kwargs': {'mask': [true]}");
    refused(InvalidLayerException.class, model("['a', 0, 0]", masked), "'a'", "mask");
    String dropout =
        "{'class_name': 'Dropout', 'name': 'a', 'config': {'name': 'a', 'rate': 0.5}, ";
    refused(
        InvalidLayerException.class,
        model("['a', 0, 0]", dropout + "'inbound_nodes': [[['x', 0, 0, {'training': true}]]]}"),
        "'a'",
        "training");
    refused(
        MalformedFileException.class,
        model("['a', 0, 0]", dropout + "'inbound_nodes': [7]}"),
        "'a'");
  }

  @Test
  void modelsOfTheirOwnClass() {
    refused(
        InvalidLayerException.class,
        "{'class_name': 'MyModel', 'config': {'layers': []}}",
        "MyModel");
    refused(InvalidLayerException.class, "{}", "''");
  }

  @Test
  void illegalShapes() {
    for (String shape : List.of("[null, -4]", "[null, 0]", "[null, 1.5]", "[null, 'a']")) {
      refused(
          MalformedFileException.class,
          functional("m", FROM_X, FROM_X, input("x", shape)),
          shape(shape));
    }
  }

  private static String shape(String text) {
    return text.replace('\'', '"').replace(" ", "");
  }

  @Test
  void absurdSizes() {
    String huge = input("x", "[null, 4000000000000, 4000000000000]");
    assertThatThrownBy(
            () ->
                ConfigTexts.read(
                    functional("m", FROM_X, "['a', 0, 0]", huge, relu("a", tensor("x")))))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("4000000000000");
  }

  @Test
  void modelsNestedTooDeep() {
    String model = functional("m", FROM_X, "['a', 0, 0]", X, relu("a", tensor("x")));
    for (int depth = 0; depth < 17; depth++) {
      model = functional("m", FROM_X, "['m', 1, 0]", X, nested(model, tensor("x")));
    }
    refused(MalformedFileException.class, model, "nested");
  }

  /** Each level doubles the number of layers. */
  @Test
  void modelsThatStandForTooManyLayers() {
    String model = functional("m", FROM_X, "['a', 0, 0]", X, relu("a", tensor("x")));
    for (int depth = 0; depth < 15; depth++) {
      String called =
          nested(model, tensor("x"), tensor("m", 0, 0), tensor("m", 1, 0), tensor("m", 2, 0));
      model = functional("m", FROM_X, "['m', 4, 0]", X, called);
    }
    refused(LimitExceededException.class, model, "more than");
  }

  @Test
  void modelsThatAreGivenTooMuch() {
    String inner = functional("inner", FROM_X, "['a', 0, 0]", X, relu("a", tensor("x")));
    refused(
        MalformedFileException.class,
        model("['inner', 1, 0]", nested(inner, "[" + tensor("x") + ", " + tensor("x") + "]")),
        "'inner'",
        "takes 1 inputs; given 2");
  }
}
