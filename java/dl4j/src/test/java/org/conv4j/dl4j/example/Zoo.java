package org.conv4j.dl4j.example;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks as people have them, with random weights. */
public final class Zoo {
  private Zoo() {}

  private static NeuralNetConfiguration.Builder configuration(DataType type) {
    return new NeuralNetConfiguration.Builder().seed(1).dataType(type);
  }

  private static SubsamplingLayer halve() {
    return new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build();
  }

  private static OutputLayer classes(int count) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(count)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** For images of 28 x 28 in one channel. */
  public static MultiLayerNetwork leNet(DataType type, CNN2DFormat format) {
    ConvolutionLayer first =
        new ConvolutionLayer.Builder(5, 5).nOut(20).activation(Activation.RELU).build();
    ConvolutionLayer second =
        new ConvolutionLayer.Builder(5, 5).nOut(50).activation(Activation.RELU).build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            configuration(type)
                .list()
                .layer(first)
                .layer(halve())
                .layer(second)
                .layer(halve())
                .layer(new DenseLayer.Builder().nOut(500).activation(Activation.RELU).build())
                .layer(classes(10))
                .setInputType(InputType.convolutional(28, 28, 1, format))
                .build());
    network.init();
    return network;
  }

  /** For square images in three channels. */
  public static MultiLayerNetwork separable(DataType type, CNN2DFormat format, int size) {
    NeuralNetConfiguration.ListBuilder list =
        configuration(type).convolutionMode(ConvolutionMode.Same).list();
    list.layer(
        new ConvolutionLayer.Builder(3, 3)
            .nOut(32)
            .stride(2, 2)
            .activation(Activation.RELU)
            .build());
    for (int filters : new int[] {64, 128, 128, 256}) {
      int stride = filters == 128 ? 2 : 1;
      list.layer(
          new SeparableConvolution2D.Builder(3, 3)
              .nOut(filters)
              .stride(stride, stride)
              .hasBias(false)
              .activation(Activation.IDENTITY)
              .build());
      list.layer(new BatchNormalization.Builder().build());
      list.layer(new ActivationLayer(Activation.RELU6));
    }
    list.layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    list.layer(classes(10));
    list.setInputType(InputType.convolutional(size, size, 3, format));
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  /** Residual blocks, for square images in three channels. */
  public static ComputationGraph residual(DataType type, CNN2DFormat format, int size) {
    GraphBuilder graph = configuration(type).graphBuilder().addInputs("image");
    graph.addLayer("stem", convolution(64, 7, 2, 3), "image");
    graph.addLayer("stem-norm", new BatchNormalization.Builder().build(), "stem");
    graph.addLayer("stem-relu", new ActivationLayer(Activation.RELU), "stem-norm");
    graph.addLayer(
        "pool",
        new SubsamplingLayer.Builder(PoolingType.MAX)
            .kernelSize(3, 3)
            .stride(2, 2)
            .padding(1, 1)
            .build(),
        "stem-relu");
    String last = block(graph, "a", "pool", 64, 1);
    last = block(graph, "b", last, 64, 1);
    last = block(graph, "c", last, 128, 2);
    last = block(graph, "d", last, 128, 1);
    graph.addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), last);
    graph.addLayer("classes", classes(10), "mean");
    graph.setOutputs("classes");
    graph.setInputTypes(InputType.convolutional(size, size, 3, format));
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  private static String block(GraphBuilder graph, String name, String in, int filters, int stride) {
    graph.addLayer(name + "1", convolution(filters, 3, stride, 1), in);
    graph.addLayer(name + "1-norm", new BatchNormalization.Builder().build(), name + "1");
    graph.addLayer(name + "1-relu", new ActivationLayer(Activation.RELU), name + "1-norm");
    graph.addLayer(name + "2", convolution(filters, 3, 1, 1), name + "1-relu");
    graph.addLayer(name + "2-norm", new BatchNormalization.Builder().build(), name + "2");
    String shortcut = in;
    if (stride > 1) {
      shortcut = name + "-shortcut";
      graph.addLayer(shortcut, convolution(filters, 1, stride, 0), in);
    }
    ElementWiseVertex add = new ElementWiseVertex(ElementWiseVertex.Op.Add);
    graph.addVertex(name + "-add", add, name + "2-norm", shortcut);
    graph.addLayer(name, new ActivationLayer(Activation.RELU), name + "-add");
    return name;
  }

  private static ConvolutionLayer convolution(int filters, int kernel, int stride, int padding) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .nOut(filters)
        .stride(stride, stride)
        .padding(padding, padding)
        .activation(Activation.IDENTITY)
        .build();
  }
}
