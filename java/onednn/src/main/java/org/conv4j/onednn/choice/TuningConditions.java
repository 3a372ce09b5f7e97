package org.conv4j.onednn.choice;

import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.machine.Processor;
import org.conv4j.onednn.binding.NativeKernel;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.binding.OneDnn;

/** What, beside an op, decides which kernel is the fastest for it. */
public final class TuningConditions {
  /**
   * The processor's model and number; oneDNN's version and the instruction set that it uses, which
   * its environment variables may limit; the native library's build and instruction set.
   */
  public static final String DESCRIPTION =
      "%s x%d; oneDNN %s isa %x; %s"
          .formatted(
              Processor.model(),
              Runtime.getRuntime().availableProcessors(),
              OneDnn.version(),
              dnnl.dnnl_get_effective_cpu_isa(),
              NativeLibrary.isAvailable()
                  ? "native %s %s".formatted(NativeKernel.instructions(), NativeLibrary.build())
                  : "no native library");

  private TuningConditions() {}
}
