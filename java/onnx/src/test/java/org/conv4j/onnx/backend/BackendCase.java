package org.conv4j.onnx.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.bytes.Elements;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.limit.Limits;
import org.conv4j.model.InputSpec;
import org.conv4j.onnx.OnnxModel;
import org.conv4j.onnx.OnnxModels;
import org.conv4j.onnx.format.OnnxFile;
import org.conv4j.onnx.format.TensorData;
import org.conv4j.onnx.format.TensorFiles;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * One of ONNX's own tests.
 *
 * @param suite the kind of test, and its folder
 * @param name its name
 * @param tier what it is about
 * @param frozen which of the inputs are constants
 * @param files the model and its data, by their names in the test's folder
 */
record BackendCase(
    String suite, String name, String tier, List<Integer> frozen, Map<String, byte[]> files) {
  private static final double RELATIVE = 1e-3;
  private static final double ABSOLUTE = 1e-7;

  /** Runs the model and compares; returns what is wrong, or nothing. */
  String run(Engine engine) {
    byte[] content = files.get("model.onnx");
    List<String> names = TensorFiles.inputs(content);
    Map<String, Tensor> constants = new LinkedHashMap<>();
    List<TensorData> given = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      byte[] data = files.get("test_data_set_0/input_" + i + ".pb");
      if (data == null) {
        continue;
      }
      TensorData tensor = read(data);
      if (frozen.contains(i)) {
        constants.put(names.get(i), tensor(tensor, DataType.FLOAT64));
      } else {
        given.add(tensor);
      }
    }
    try (OnnxModel loaded = OnnxModels.load(content, name, constants, List.of(), Limits.DEFAULT)) {
      return compare(loaded, given, engine);
    }
  }

  private static TensorData read(byte[] content) {
    return TensorFiles.tensor(new OnnxFile(new MemoryBytes(content, "data"), null));
  }

  private static Tensor tensor(TensorData data, DataType type) {
    Elements elements = data.elements();
    try (Tensor read = elements.read()) {
      return read.copyAs(type);
    }
  }

  private String compare(OnnxModel loaded, List<TensorData> given, Engine engine) {
    DataType type = loaded.dataType();
    List<InputSpec> specs = loaded.inputs();
    List<Shape> shapes = new ArrayList<>();
    Tensor[] inputs = new Tensor[specs.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = tensor(given.get(i), type);
      shapes.add(inputs[i].shape());
    }
    try (Plan plan = loaded.model().compile(shapes, type, engine, CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      Tensor[] outputs = new Tensor[plan.outputShapes().size()];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = Tensor.allocate(type, plan.outputShapes().get(i));
      }
      session.run(inputs, outputs);
      for (int i = 0; i < outputs.length; i++) {
        TensorData wanted = read(files.get("test_data_set_0/output_" + i + ".pb"));
        String problem = difference(outputs[i], tensor(wanted, DataType.FLOAT64));
        if (!problem.isEmpty()) {
          return "output " + i + ": " + problem;
        }
      }
      return "";
    }
  }

  private static String difference(Tensor found, Tensor wanted) {
    if (!found.shape().equals(wanted.shape())) {
      return "the shape is " + found.shape() + ", not " + wanted.shape();
    }
    double[] a = found.toDoubleArray();
    double[] b = wanted.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      boolean same = a[i] == b[i] || Double.isNaN(a[i]) && Double.isNaN(b[i]);
      if (!same && !(Math.abs(a[i] - b[i]) <= ABSOLUTE + RELATIVE * Math.abs(b[i]))) {
        return "element %d is %s, not %s".formatted(i, a[i], b[i]);
      }
    }
    return "";
  }

  @Override
  public String toString() {
    return suite + "/" + name;
  }
}
