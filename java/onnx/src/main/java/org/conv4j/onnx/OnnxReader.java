package org.conv4j.onnx;

import java.util.List;
import java.util.Map;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.ModelReader;
import org.conv4j.file.ModelSource;
import org.conv4j.limit.Limits;

/** Reads ONNX models for {@link org.conv4j.file.Models}. Safe for any thread. */
public final class OnnxReader implements ModelReader {
  /** Where a file's first field is the version of its format, the next is one of these. */
  private static final byte[] SECOND_FIELDS = {0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42};

  /** Creates the reader; {@link java.util.ServiceLoader} does so. */
  public OnnxReader() {}

  @Override
  public String formats() {
    return "ONNX (.onnx)";
  }

  @Override
  public boolean accepts(ModelSource source) {
    if (source.isFolder() || source.bytes().size() < 3) {
      return false;
    }
    byte[] start = source.bytes().read(0, 3);
    boolean known = false;
    for (byte field : SECOND_FIELDS) {
      known |= start[2] == field;
    }
    return start[0] == 0x08 && start[1] > 0 && known;
  }

  @Override
  public LoadedModel read(ModelSource source, Limits limits) {
    return source.path().isPresent()
        ? OnnxModels.load(source.path().get(), Map.of(), List.of(), limits)
        : OnnxModels.load(source.content().orElseThrow(), source.name(), limits);
  }
}
