package org.conv4j.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.image.ImageFile;
import org.conv4j.image.ImageLayout;
import org.conv4j.image.ImageResizing;
import org.conv4j.image.Pixels;
import org.conv4j.image.Preprocessing;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A model's input from images, each of which is decoded when its turn comes. */
public final class ImageInputs implements Feed {
  private final List<Path> files;
  private final ImageLayout layout;
  private final ImageResizing resizing;
  private final Preprocessing preprocessing;
  private final Tensor tensor;

  public ImageInputs(
      List<Path> files,
      ImageLayout layout,
      ImageResizing resizing,
      Preprocessing preprocessing,
      DataType type) {
    this.files = files;
    this.layout = layout;
    this.resizing = resizing;
    this.preprocessing = preprocessing;
    this.tensor = Tensor.allocate(type, layout.shape());
  }

  /** The image files that arguments name, folders listed; empty if they name arrays. */
  public static List<Path> files(Model model, List<String> arguments) {
    List<String> names = model.inputs().stream().map(InputSpec::name).toList();
    List<Path> files = new ArrayList<>();
    int images = 0;
    for (String argument : arguments) {
      Path path = NamedPath.parse(argument, names, "input").path();
      if (ImagePaths.isImage(path)) {
        images++;
        files.addAll(ImagePaths.list(path));
      }
    }
    if (images > 0 && images < arguments.size()) {
      throw new ShapeMismatchException("Images and arrays cannot be inputs of the same run.");
    }
    return files;
  }

  @Override
  public int count() {
    return files.size();
  }

  @Override
  public List<Shape> shapes() {
    return List.of(layout.shape());
  }

  @Override
  public Tensor[] tensors(int run) {
    Pixels pixels =
        ImageFile.read(
            files.get(run), layout.height(), layout.width(), layout.channels(), resizing);
    preprocessing.apply(pixels);
    layout.copy(pixels, tensor);
    return new Tensor[] {tensor};
  }

  @Override
  public String name(int run) {
    return files.get(run).toString();
  }

  @Override
  public void close() {
    tensor.close();
  }
}
