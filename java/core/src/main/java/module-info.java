/** Tensors, layers, ops, models, plans, and the engines in plain Java. */
module org.conv4j.core {
  // Direct memory is freed through its sun.misc.Unsafe before Java 22.
  requires jdk.unsupported;

  exports org.conv4j.activation;
  exports org.conv4j.bytes;
  exports org.conv4j.engine;
  exports org.conv4j.error;
  exports org.conv4j.file;
  exports org.conv4j.frames;
  exports org.conv4j.function;
  exports org.conv4j.layer;
  exports org.conv4j.layer.activation;
  exports org.conv4j.layer.applications;
  exports org.conv4j.layer.attention;
  exports org.conv4j.layer.convolution;
  exports org.conv4j.layer.convolution.recurrent;
  exports org.conv4j.layer.core;
  exports org.conv4j.layer.merging;
  exports org.conv4j.layer.normalization;
  exports org.conv4j.layer.pooling;
  exports org.conv4j.layer.preprocessing;
  exports org.conv4j.layer.recurrent;
  exports org.conv4j.layer.reshaping;
  exports org.conv4j.limit;
  exports org.conv4j.lowering;
  exports org.conv4j.model;
  exports org.conv4j.npy;
  exports org.conv4j.op;
  exports org.conv4j.operation;
  exports org.conv4j.operation.reshaping;
  exports org.conv4j.plan;
  exports org.conv4j.shape;
  exports org.conv4j.stream;
  exports org.conv4j.tensor;
  exports org.conv4j.wav;
  exports org.conv4j.weights;
  exports org.conv4j.disk to
      org.conv4j.image;
  exports org.conv4j.service to
      org.conv4j.keras;
  exports org.conv4j.machine to
      org.conv4j.onednn;
  exports org.conv4j.tensor.internal to
      org.conv4j.keras,
      org.conv4j.onednn,
      org.conv4j.onnx;
  exports org.conv4j.tuning to
      org.conv4j.onednn;

  uses org.conv4j.engine.Engine;
  uses org.conv4j.file.ModelReader;
  uses org.conv4j.tensor.internal.Addresses;
  uses org.conv4j.tensor.internal.LargeBlocks;

  provides org.conv4j.engine.Engine with
      org.conv4j.portable.JavaEngine,
      org.conv4j.reference.ReferenceEngine;
}
