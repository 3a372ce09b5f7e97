package org.conv4j.onednn;

import org.conv4j.op.Deconvolution;

/** One way to run transposed convolutions. */
interface DeconvolutionKernel extends KernelCandidate<Deconvolution> {}
