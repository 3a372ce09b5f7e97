package org.conv4j.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.conv4j.layer.reshaping.Permute;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.weights.Weights;

/** Puts layers before a model that turn its inputs from another format. */
final class InputFormat {
  private final Model model;
  private final DataFormat own;
  private final DataFormat wanted;
  private final List<InputSpec> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();

  /** By number of the model's values, the numbers in the new one. */
  private final List<Integer> values = new ArrayList<>();

  private final Set<String> paths = new HashSet<>();

  private InputFormat(Model model, DataFormat own, DataFormat wanted) {
    this.model = model;
    this.own = own;
    this.wanted = wanted;
    for (Node node : model.nodes()) {
      paths.add(node.path());
    }
  }

  static Model change(Model model, DataFormat own, DataFormat wanted) {
    return own == wanted ? model : new InputFormat(model, own, wanted).change();
  }

  private Model change() {
    for (InputSpec input : model.inputs()) {
      add(input, input.open().rank());
    }
    int first = model.inputs().size() + nodes.size();
    for (Node node : model.nodes()) {
      values.add(first + values.size() - model.inputs().size());
      List<Integer> taken = new ArrayList<>();
      for (int value : node.inputs()) {
        taken.add(values.get(value));
      }
      nodes.add(new Node(node.scope(), node.layer(), node.weights(), taken));
    }
    List<Integer> outputs = new ArrayList<>();
    for (int value : model.outputValues()) {
      outputs.add(values.get(value));
    }
    return new Model(inputs, nodes, model.outputNames(), outputs);
  }

  /** What has no dimension between batch and channels has but one format. */
  private void add(InputSpec input, int rank) {
    int number = inputs.size();
    if (rank < 3) {
      inputs.add(input);
      values.add(number);
      return;
    }
    IntTuple toOwn = axes(wanted, own, rank);
    IntTuple toWanted = axes(own, wanted, rank);
    List<Long> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dims.add(input.dims().get(toWanted.get(i)));
    }
    inputs.add(new InputSpec(input.name(), dims, input.strict()));
    IntTuple behindBatch = IntTuple.generate(rank - 1, i -> toOwn.get(i + 1));
    Permute turn = new Permute(freeName(input.name() + "_permute"), behindBatch);
    values.add(model.inputs().size() + nodes.size());
    nodes.add(new Node("", turn, Weights.none(), List.of(number)));
  }

  /** For each dimension in a format, its dimension in another one. */
  private static IntTuple axes(DataFormat from, DataFormat to, int rank) {
    IntTuple last = to.axesFromChannelsLast(rank);
    IntTuple inFrom = from.axesToChannelsLast(rank);
    return IntTuple.generate(rank, i -> inFrom.get(last.get(i)));
  }

  private String freeName(String name) {
    String free = name;
    for (int i = 1; !paths.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }
}
