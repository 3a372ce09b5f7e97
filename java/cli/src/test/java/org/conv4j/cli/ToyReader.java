package org.conv4j.cli;

import java.util.List;
import java.util.Optional;
import org.conv4j.file.LayerSummary;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.ModelReader;
import org.conv4j.file.ModelSource;
import org.conv4j.file.ParameterCount;
import org.conv4j.layer.preprocessing.Rescaling;
import org.conv4j.limit.Limits;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.tensor.DataType;
import org.conv4j.weights.Weights;

/** An importer of a format of its own: a file of three letters and a digit to multiply with. */
public final class ToyReader implements ModelReader {
  @Override
  public String formats() {
    return "TOY (.toy)";
  }

  @Override
  public boolean accepts(ModelSource source) {
    return source.startsWith((byte) 'T', (byte) 'O', (byte) 'Y');
  }

  @Override
  public LoadedModel read(ModelSource source, Limits limits) {
    int factor = source.bytes().read(3, 1)[0] - '0';
    FunctionalBuilder builder = Model.functional();
    Model model =
        builder.build(
            List.of("product"),
            List.of(
                builder.apply(
                    Rescaling.of(factor, 0).name("times"),
                    Weights.none(),
                    builder.input("number", InputSpec.ANY, 2))));
    return new Toy(model);
  }

  private record Toy(Model model) implements LoadedModel {
    @Override
    public String name() {
      return "toy";
    }

    @Override
    public DataType dataType() {
      return DataType.FLOAT32;
    }

    @Override
    public List<LayerSummary> layers() {
      return List.of(
          new LayerSummary(
              "times",
              "times",
              "Times",
              0,
              inputNames(),
              List.of(InputSpec.ANY, 2L),
              ParameterCount.NONE));
    }

    @Override
    public ParameterCount parameters() {
      return ParameterCount.NONE;
    }

    @Override
    public String format() {
      return "TOY";
    }

    @Override
    public Optional<String> writer() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
