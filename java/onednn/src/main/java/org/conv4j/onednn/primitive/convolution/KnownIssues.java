package org.conv4j.onednn.primitive.convolution;

import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.onednn.binding.Status;
import org.conv4j.onednn.primitive.Primitive;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;

/** Implementations of oneDNN that compute wrong results or overrun memory, and when. */
final class KnownIssues {
  private KnownIssues() {}

  /**
   * Moves a descriptor on to the next implementation while the present one is wrong for the op.
   *
   * <p>oneDNN 3.11, {@code brg_conv_fwd:avx512_core}, also inside {@code jit_uni_ncsp:conv}: with
   * one input channel, an output width of 1 and a stride above 1 along it, rows after the first are
   * wrong. Random integer cases found it in 40% of such shapes and in no others.
   */
  static void skipWrongImplementations(Convolution op, dnnl_primitive_desc desc) {
    while (isWrong(op) && Primitive.implementation(desc).contains("brg_conv_fwd")) {
      Status.check(
          dnnl.dnnl_primitive_desc_next_impl(desc), "a convolution that leaves one column");
    }
  }

  private static boolean isWrong(Convolution op) {
    int width = op.window().rank() - 1;
    return op.channelsPerGroup() == 1
        && op.output().dim(width + 1) == 1
        && op.window().strides().get(width) > 1;
  }

  /**
   * Whether the implementation must be looked at with {@link #writesTooFar}.
   *
   * <p>oneDNN 3.11, {@code brgconv_strided} inside {@code conv:any}: a transposed convolution with
   * strides clears up to three pixels of all channels behind the padded copy of its input: in the
   * copy of another thread, whose outputs are wrong then, in other parts of the scratchpad, or in
   * memory behind it. With 20,000 channels it crashed. Of 64 random cases with kernels that are
   * multiples of the stride 25 did so, and all of others; inside {@code brg_deconv} none of 98.
   */
  static boolean mayWriteTooFar(Deconvolution op) {
    return !op.window().strides().all(1);
  }

  static boolean writesTooFar(String implementation) {
    return implementation.startsWith("conv:any") && implementation.contains("brgconv_strided");
  }
}
