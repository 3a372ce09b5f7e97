package org.conv4j.djl;

import ai.djl.BaseModel;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.util.Utils;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.FileAccessException;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;

/** A model as DJL loads it. All its predictors run one block and share its plans. */
final class Conv4jModel extends BaseModel {
  Conv4jModel(String name, NDManager manager) {
    super(name);
    this.manager = manager;
    manager.setName("conv4jModel");
    dataType = DataType.FLOAT32;
  }

  @Override
  public void load(Path modelPath, String prefix, Map<String, ?> options)
      throws IOException, MalformedModelException {
    setModelDir(modelPath);
    Path file = new ModelFile(modelDir, modelName).find(prefix);
    if (Files.isRegularFile(modelDir)) {
      modelDir = modelDir.getParent();
    }
    load(() -> Models.load(file), options);
  }

  @Override
  public void load(InputStream stream, Map<String, ?> options)
      throws IOException, MalformedModelException {
    byte[] content = Utils.toByteArray(stream);
    load(() -> Models.load(content, modelName), options);
  }

  private void load(Supplier<LoadedModel> file, Map<String, ?> options)
      throws IOException, MalformedModelException {
    if (block != null) {
      throw new UnsupportedOperationException(
          "The engine Conv4j runs the network in the model's file, and none that is built of DJL's blocks.");
    }
    LoadedModel loaded = null;
    try {
      ModelOptions asked = ModelOptions.of(options);
      loaded = file.get();
      block = new Conv4jBlock(loaded, asked, manager);
      dataType = ((Conv4jBlock) block).dataType();
      wasLoaded = true;
    } catch (FileAccessException failure) {
      close(loaded);
      throw missing(failure);
    } catch (Conv4jException failure) {
      close(loaded);
      throw new MalformedModelException(failure.getMessage(), failure);
    } catch (RuntimeException | Error failure) {
      close(loaded);
      throw failure;
    }
  }

  private static void close(LoadedModel loaded) {
    if (loaded != null) {
      loaded.close();
    }
  }

  private static IOException missing(FileAccessException failure) {
    IOException exception = new FileNotFoundException(failure.getMessage());
    exception.initCause(failure);
    return exception;
  }
}
