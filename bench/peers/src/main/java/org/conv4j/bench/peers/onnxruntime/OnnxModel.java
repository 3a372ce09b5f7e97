package org.conv4j.bench.peers.onnxruntime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.conv4j.bench.peers.Floats;
import org.conv4j.bench.peers.PlainOp;
import org.conv4j.tensor.Tensor;

/** Writes an ONNX model of one {@code Conv} or {@code ConvTranspose} node per op. */
final class OnnxModel {
  static final String INPUT = "input";
  static final String OUTPUT = "output";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;

  private OnnxModel() {}

  static byte[] bytes(List<PlainOp> ops, List<List<Tensor>> constants) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("case");
    int last = ops.size() - 1;
    graph.addInput(value(INPUT, ops.get(0).inputChannelsFirst()));
    graph.addOutput(value(OUTPUT, ops.get(last).outputChannelsFirst()));
    String from = INPUT;
    for (int i = 0; i <= last; i++) {
      String to = i == last ? OUTPUT : "value" + i;
      graph.addNode(node(graph, ops.get(i), constants.get(i), from, to));
      from = to;
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto node(
      GraphProto.Builder graph, PlainOp op, List<Tensor> constants, String from, String to) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(op.transposed() ? "ConvTranspose" : "Conv")
            .setName(to + "_node")
            .addInput(from)
            .addInput(to + "_kernel")
            .addOutput(to)
            .addAttribute(integers("kernel_shape", op.kernel()))
            .addAttribute(integers("strides", op.strides()))
            .addAttribute(integers("dilations", op.dilation()))
            .addAttribute(
                integers(
                    "pads",
                    LongStream.concat(Arrays.stream(op.padBegin()), Arrays.stream(op.zerosAfter()))
                        .toArray()))
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("group")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(op.groups()));
    if (op.transposed()) {
      node.addAttribute(integers("output_padding", op.outputPadding()));
    }
    graph.addInitializer(kernel(to + "_kernel", op, constants.get(0)));
    if (op.bias()) {
      node.addInput(to + "_bias");
      graph.addInitializer(tensor(to + "_bias", constants.get(1).toFloatArray(), op.filters()));
    }
    return node.build();
  }

  private static TensorProto kernel(String name, PlainOp op, Tensor kernel) {
    long[] ours = kernel.shape().toArray();
    int rank = ours.length;
    long[] shape = new long[rank];
    shape[0] = ours[rank - 1];
    shape[1] = ours[rank - 2];
    System.arraycopy(ours, 0, shape, 2, op.rank());
    return tensor(name, Floats.channelsFirstKernel(kernel), shape);
  }

  private static TensorProto tensor(String name, float[] values, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long dim : shape) {
      tensor.addDims(dim);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static ValueInfoProto value(String name, long... shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (long dim : shape) {
      dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(dims)))
        .build();
  }
}
