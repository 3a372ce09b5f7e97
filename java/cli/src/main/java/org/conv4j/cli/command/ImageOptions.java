package org.conv4j.cli.command;

import java.nio.file.Path;
import org.conv4j.cli.data.Labels;
import org.conv4j.image.ImageLayout;
import org.conv4j.image.ImageResizing;
import org.conv4j.image.ImageResizing.Aspect;
import org.conv4j.image.Preprocessing;
import org.conv4j.image.ResizeMethod;
import org.conv4j.model.Model;
import org.conv4j.shape.DataFormat;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a command that takes images. */
final class ImageOptions {
  private static final int USUAL_TOP = 5;
  private static final float[] NONE = {};

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--preprocess",
      paramLabel = "MODE",
      defaultValue = "none",
      description = {
        "What is done to the values 0 to 255 of an image: none (EfficientNet, ConvNeXt and",
        "MobileNetV3 do it themselves); scale, to 0..1; or as Keras's preprocess_input does: tf, to",
        "-1..1 (MobileNet, Inception, Xception, ResNetV2, NASNet); caffe, BGR less the mean (ResNet,",
        "VGG); torch (DenseNet)."
      })
  private Preprocessing.Mode mode;

  @Option(
      names = "--mean",
      split = ",",
      paramLabel = "M",
      description = "With none and scale: what is subtracted then, once or for each channel.")
  private float[] mean;

  @Option(
      names = "--std",
      split = ",",
      paramLabel = "S",
      description = "With none and scale: what it is divided by then, once or for each channel.")
  private float[] std;

  @Option(
      names = "--image-size",
      split = ",",
      paramLabel = "N",
      description = "Height and width, for a model that takes any: --image-size 256,256.")
  private int[] size;

  @Option(
      names = "--resize",
      paramLabel = "METHOD",
      defaultValue = "bilinear",
      description = {
        "How an image of another size is resized. As keras.ops.image.resize and",
        "image_dataset_from_directory do: bilinear, nearest, bicubic, lanczos3, lanczos5; area, as",
        "tf.image.resize. As keras.utils.load_img does: nearest, its default, or pil-bilinear,",
        "pil-bicubic, pil-lanczos, pil-box, pil-hamming. Default: bilinear."
      })
  private ResizeMethod resize;

  @Option(
      names = "--antialias",
      description = "Smooth an image that shrinks: ops.image.resize(antialias=True).")
  private boolean antialias;

  @Option(
      names = {"--crop-to-aspect-ratio", "--keep-aspect-ratio"},
      description = {
        "Cut the ends of an image of other proportions: ops.image.resize(crop_to_aspect_ratio=True),",
        "load_img(keep_aspect_ratio=True). By default it is stretched."
      })
  private boolean crop;

  @Option(
      names = "--pad-to-aspect-ratio",
      description = "Put black around it instead: ops.image.resize(pad_to_aspect_ratio=True).")
  private boolean pad;

  @Option(
      names = "--data-format",
      paramLabel = "FORMAT",
      description =
          "channels_last or channels_first, of images in and out; by default what shapes tell.")
  private DataFormat format;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = {
        "The names of the classes, one in a line or, in a .json file, an array or Keras's",
        "imagenet_class_index: print the best ones of each image."
      })
  private Path labels;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "How many classes to print; by default " + USUAL_TOP + " if there are labels.")
  private Integer top;

  /** Refuses what contradicts itself, or the kind of the inputs and outputs. */
  void check(boolean images, boolean imagesOut) {
    boolean normalized = mean != null || std != null;
    boolean given =
        normalized
            || size != null
            || (format != null && !imagesOut)
            || labels != null
            || top != null;
    boolean resized = resize != ResizeMethod.BILINEAR || antialias || crop || pad;
    if (!images && (given || resized || mode != Preprocessing.Mode.NONE)) {
      throw refused(
          "--preprocess, --mean, --std, --image-size, --resize, --antialias, --crop-to-aspect-ratio,"
              + " --pad-to-aspect-ratio, --data-format, --labels and --top are for images.");
    }
    if (crop && pad) {
      throw refused("--crop-to-aspect-ratio and --pad-to-aspect-ratio exclude each other.");
    }
    resizing();
    if (normalized && mode != Preprocessing.Mode.NONE && mode != Preprocessing.Mode.SCALE) {
      throw refused("--mean and --std go with --preprocess none or scale; given " + mode + ".");
    }
    requireFinite("--mean", mean);
    requireFinite("--std", std);
    for (int i = 0; std != null && i < std.length; i++) {
      if (std[i] == 0) {
        throw refused("--std must not be 0.");
      }
    }
    if (top != null && top < 1) {
      throw refused("--top must be at least 1; given " + top + ".");
    }
    if (size != null && (size.length != 2 || size[0] < 1 || size[1] < 1)) {
      throw refused("--image-size needs a height and a width, for example 256,256.");
    }
  }

  private void requireFinite(String option, float[] values) {
    for (int i = 0; values != null && i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw refused(option + " must be finite; given " + values[i] + ".");
      }
    }
  }

  private CommandLine.ParameterException refused(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  ImageResizing resizing() {
    Aspect aspect = crop ? Aspect.CROP : pad ? Aspect.PAD : Aspect.STRETCH;
    try {
      return new ImageResizing(resize, antialias, aspect);
    } catch (IllegalArgumentException contradiction) {
      throw refused(contradiction.getMessage());
    }
  }

  Preprocessing preprocessing() {
    return new Preprocessing(mode, mean == null ? NONE : mean, std == null ? NONE : std);
  }

  ImageLayout layout(Model model) {
    return ImageLayout.of(model, size, format);
  }

  /** Where the channels of images that the model returns are: where they are in its input. */
  DataFormat outputFormat(Model model) {
    return format != null
        ? format
        : model.inputs().stream().findFirst().flatMap(ImageLayout::formatOf).orElse(null);
  }

  Labels labels() {
    return labels == null ? Labels.NONE : Labels.read(labels);
  }

  /** How many classes to print; 0 if the network need not be one that tells classes apart. */
  int top() {
    return top != null ? top : labels != null ? USUAL_TOP : 0;
  }
}
