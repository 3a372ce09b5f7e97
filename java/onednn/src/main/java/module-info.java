/** The engine of oneDNN's kernels and our own, found as a service. */
module org.conv4j.onednn {
  requires org.bytedeco.dnnl;
  requires org.conv4j.core;

  provides org.conv4j.engine.Engine with
      org.conv4j.onednn.OneDnnEngine;
  provides org.conv4j.tensor.internal.Addresses with
      org.conv4j.onednn.binding.PointerAddresses;
  provides org.conv4j.tensor.internal.LargeBlocks with
      org.conv4j.onednn.binding.HugePages;
}
