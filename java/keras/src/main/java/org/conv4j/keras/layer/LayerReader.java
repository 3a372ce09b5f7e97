package org.conv4j.keras.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.SimilarNames;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.keras.writer.Writer;
import org.conv4j.layer.Layer;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.layer.activation.PReLU;
import org.conv4j.layer.activation.WithPReLU;
import org.conv4j.tensor.DataType;
import org.conv4j.weights.WeightSpec;

/** Turns the configuration of one layer into the layer. */
public final class LayerReader {
  /** What the calls of layers name the mask of a sequence. */
  public static final String MASK = ClassReader.MASK;

  private static final String ACTIVATION = "activation";

  private static final LayerClasses CLASSES = new LayerClasses();

  static {
    AttentionReaders.addTo(CLASSES);
    ConvolutionReaders.addTo(CLASSES);
    CoreReaders.addTo(CLASSES);
    ActivationReaders.addTo(CLASSES);
    MergingReaders.addTo(CLASSES);
    NormalizationReaders.addTo(CLASSES);
    PoolingReaders.addTo(CLASSES);
    PreprocessingReaders.addTo(CLASSES);
    RecurrentReaders.addTo(CLASSES);
    ReshapingReaders.addTo(CLASSES);
    ApplicationReaders.addTo(CLASSES);
  }

  private LayerReader() {}

  /** The classes that can be read, by all their names. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>(CLASSES.names());
    names.removeAll(CoreReaders.CODE);
    return names;
  }

  /** Whether a layer's class is one of Keras's that can be read, and no code. */
  public static boolean knows(JsonNode node) {
    String className = node.path("class_name").asText();
    return CLASSES.get(className) != null
        && !className.equals(CoreReaders.LAMBDA)
        && !isForeign(node.path("module"));
  }

  /** The classes that may have been meant by one that is not known; none for custom ones. */
  public static List<String> similar(JsonNode node) {
    String className = node.path("class_name").asText();
    return isCustom(node) || CLASSES.get(className) != null
        ? List.of()
        : SimilarNames.of(className, CLASSES.names());
  }

  /** The type that Keras computes a layer with, whatever its class. */
  public static DataType dataType(JsonNode node, String name, Writer writer) {
    return dataType(new Config("Layer '" + name + "'", node.path("config"), writer));
  }

  public static TypedLayer read(JsonNode node, String source, Writer writer) {
    JsonNode className = node.path("class_name");
    JsonNode arguments = node.path("config");
    if (!className.isTextual() || !arguments.isObject()) {
      throw new MalformedFileException(
          source + " holds no layer: it needs a string 'class_name' and an object 'config'.");
    }
    if (isPReLU(arguments.path(ACTIVATION))) {
      return withPReLU(node, source, writer);
    }
    LayerClasses.Entry entry = CLASSES.get(className.textValue());
    if (entry == null || isForeign(node.path("module"))) {
      throw unknown(node);
    }
    String name = arguments.path("name").asText(null);
    if (name == null) {
      name = defaultName(entry.name());
    }
    Config config = new Config("Layer '" + name + "'", arguments, writer);
    DataType dataType = dataType(config);
    TypedLayer layer = new TypedLayer(entry.reader().read(entry.name(), config, name), dataType);
    config.ignore("name", "trainable", "autocast", "batch_input_shape", "batch_shape");
    config.ignore("activity_regularizer");
    config.refuseUnknown();
    return layer;
  }

  /** Where Keras 3 keeps a layer's weights; see {@link ClassReader#saved}. */
  public static List<SavedVariables> saved(Layer layer, List<WeightSpec> specs) {
    if (layer instanceof WithPReLU learned && !specs.isEmpty()) {
      int own = specs.size() - 1;
      List<SavedVariables> saved = new ArrayList<>(saved(learned.layer(), specs.subList(0, own)));
      saved.add(SavedVariables.of(SavedVariables.ACTIVATION, specs.subList(own, specs.size())));
      return saved;
    }
    LayerClasses.Entry entry = CLASSES.get(layer.className());
    return entry == null ? SavedVariables.own(specs) : entry.reader().saved(layer, specs);
  }

  /** The arguments of a call that may be tensors, of a layer of some class. */
  public static List<String> tensorArguments(String className) {
    LayerClasses.Entry entry = CLASSES.get(className);
    return entry == null ? ClassReader.INPUTS : entry.reader().tensorArguments();
  }

  /** The one activation that has weights. */
  private static boolean isPReLU(JsonNode activation) {
    return activation.path("class_name").asText().equals("PReLU")
        && activation.path("config").isObject();
  }

  private static TypedLayer withPReLU(JsonNode node, String source, Writer writer) {
    ObjectNode plain = (ObjectNode) node.deepCopy();
    JsonNode activation = ((ObjectNode) plain.get("config")).remove(ACTIVATION);
    TypedLayer before = read(plain, source, writer);
    if (before.layer() instanceof SingleInputLayer layer
        && read(activation, source, writer).layer() instanceof PReLU learned) {
      return new TypedLayer(new WithPReLU(layer, learned), before.dataType());
    }
    throw new InvalidLayerException(
        "Layer '%s': only a layer of one input can have the activation PReLU."
            .formatted(before.layer().name()));
  }

  private static InvalidLayerException unknown(JsonNode node) {
    String className = node.path("class_name").textValue();
    String module = node.path("module").asText("");
    String name = node.path("config").path("name").asText("");
    String problem;
    if (isCustom(node)) {
      problem =
          ("'%s'%s is a custom class, whose code is not in the file. Replace it by Keras's own"
                  + " layers, or save only the part of the model that is made of these.")
              .formatted(className, module.isEmpty() ? "" : " of " + module);
    } else {
      problem =
          (module.isEmpty()
                  ? "'%s' is a custom class, or one of Keras's that is not supported%s"
                  : "Keras's class '%s' is not supported%s")
              .formatted(className, SimilarNames.hint(className, CLASSES.names()));
    }
    return new InvalidLayerException(name.isEmpty() ? problem : "Layer '" + name + "': " + problem);
  }

  /**
   * Whether a class is certainly none of Keras's: it is registered in a package, {@code
   * Package>Name}, or, as Keras 3 writes it, by a name without a module, or it has another module.
   */
  private static boolean isCustom(JsonNode node) {
    JsonNode module = node.path("module");
    String registered = node.path("registered_name").asText("");
    return node.path("class_name").textValue().indexOf('>') >= 0
        || registered.indexOf('>') >= 0
        || !registered.isEmpty() && module.isNull()
        || isForeign(module);
  }

  /** Another module's class may have the name of one of Keras's and compute something else. */
  private static boolean isForeign(JsonNode module) {
    String name = module.asText("keras");
    return !name.startsWith("keras") && !name.startsWith("tensorflow") && !name.startsWith("tf_");
  }

  /** Keras's name for a layer that was given none, for example {@code conv2d_transpose}. */
  private static String defaultName(String className) {
    return className
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** The type of a dtype, which newer versions of Keras write as a policy object. */
  private static DataType dataType(Config config) {
    JsonNode dtype = config.get("dtype");
    JsonNode name = dtype.isObject() ? dtype.path("config").path("name") : dtype;
    if (name.isMissingNode() || name.isNull()) {
      return DataType.FLOAT32;
    }
    return switch (name.asText()) {
      case "float64" -> DataType.FLOAT64;
      case "float32", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16" -> DataType.FLOAT32;
      default ->
          throw config.invalid(
              "dtype", "float32, float64, float16, bfloat16 or a mixture of them", name);
    };
  }
}
