/** Reads ONNX models. */
module org.conv4j.onnx {
  requires transitive org.conv4j.core;

  exports org.conv4j.onnx;

  provides org.conv4j.file.ModelReader with
      org.conv4j.onnx.OnnxReader;
}
