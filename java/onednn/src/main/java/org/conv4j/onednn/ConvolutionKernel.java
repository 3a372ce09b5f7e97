package org.conv4j.onednn;

import org.conv4j.op.Convolution;

/** One way to run convolutions. */
interface ConvolutionKernel extends KernelCandidate<Convolution> {}
