package org.conv4j.cli.measure;

import static org.conv4j.shape.Padding.CAUSAL;
import static org.conv4j.shape.Padding.SAME;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.layer.Layer;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv1DTranspose;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv2DTranspose;
import org.conv4j.layer.convolution.Conv3D;
import org.conv4j.layer.convolution.Conv3DTranspose;
import org.conv4j.layer.convolution.DepthwiseConv1D;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.layer.convolution.SeparableConv1D;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;

/**
 * One kind of convolution at a size that networks use.
 *
 * @param name what the kind is called
 * @param layer a layer of that kind
 * @param input the shape of its input
 */
public record Variant(String name, Layer layer, Shape input) {
  /** Every kind of convolution that Keras has. */
  public static final List<Variant> ALL =
      List.of(
          sequence("Conv1D valid", Conv1D.of(64, 5)),
          sequence("Conv1D same", Conv1D.of(64, 5).padding(SAME)),
          sequence("Conv1D causal", Conv1D.of(64, 5).padding(CAUSAL)),
          sequence("Conv1D dilated", Conv1D.of(64, 3).padding(SAME).dilationRate(4)),
          sequence("Conv1D dilated causal", Conv1D.of(64, 3).padding(CAUSAL).dilationRate(8)),
          sequence("Conv1D strided", Conv1D.of(64, 5).padding(SAME).strides(2)),
          sequence("Conv1D pointwise", Conv1D.of(128, 1)),
          sequence("DepthwiseConv1D", DepthwiseConv1D.of(9).padding(SAME)),
          sequence(
              "DepthwiseConv1D dilated causal",
              DepthwiseConv1D.of(3).padding(CAUSAL).dilationRate(4)),
          sequence("SeparableConv1D", SeparableConv1D.of(64, 9).padding(SAME)),
          image("Conv2D single channel, single kernel", 1, 128, Conv2D.of(1, 3).padding(SAME)),
          image("Conv2D single channel, multi kernel", 1, 128, Conv2D.of(32, 3).padding(SAME)),
          image("Conv2D multi channel, single kernel", 64, 56, Conv2D.of(1, 3).padding(SAME)),
          image("Conv2D multi channel, multi kernel", 64, 56, Conv2D.of(64, 3).padding(SAME)),
          image("Conv2D valid", 64, 56, Conv2D.of(64, 3)),
          image("Conv2D strided", 64, 56, Conv2D.of(64, 3).padding(SAME).strides(2)),
          image("Conv2D dilated (atrous)", 64, 56, Conv2D.of(64, 3).padding(SAME).dilationRate(2)),
          image("Conv2D pointwise", 64, 56, Conv2D.of(128, 1)),
          image("Conv2D grouped", 128, 28, Conv2D.of(128, 3).padding(SAME).groups(4)),
          image(
              "Conv2D with bias and ReLU6",
              64,
              56,
              Conv2D.of(64, 3).padding(SAME).activation(Activation.RELU6)),
          new Variant(
              "Conv2D channels_first",
              Conv2D.of(64, 3).padding(SAME).dataFormat(DataFormat.CHANNELS_FIRST),
              Shape.of(1, 64, 56, 56)),
          image("DepthwiseConv2D, multiplier 1", 128, 56, DepthwiseConv2D.of(3).padding(SAME)),
          image(
              "DepthwiseConv2D, multiplier 2",
              64,
              56,
              DepthwiseConv2D.of(3).padding(SAME).depthMultiplier(2)),
          image("DepthwiseConv2D strided", 128, 56, DepthwiseConv2D.of(3).padding(SAME).strides(2)),
          image("SeparableConv2D", 64, 56, SeparableConv2D.of(128, 3).padding(SAME)),
          new Variant(
              "Conv1DTranspose",
              Conv1DTranspose.of(32, 4).padding(SAME).strides(2),
              Shape.of(1, 512, 64)),
          image("Conv2DTranspose", 64, 28, Conv2DTranspose.of(32, 4).padding(SAME).strides(2)),
          image("Conv2DTranspose stride 1", 64, 28, Conv2DTranspose.of(32, 3).padding(SAME)),
          new Variant("Conv3D", Conv3D.of(32, 3).padding(SAME), Shape.of(1, 16, 16, 16, 16)),
          new Variant(
              "Conv3DTranspose", Conv3DTranspose.of(16, 2).strides(2), Shape.of(1, 8, 16, 16, 32)));

  private static Variant sequence(String name, Layer layer) {
    return new Variant(name, layer, Shape.of(1, 1024, 64));
  }

  private static Variant image(String name, int channels, int size, Layer layer) {
    return new Variant(name, layer, Shape.of(1, size, size, channels));
  }
}
