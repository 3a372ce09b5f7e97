package org.conv4j.onednn;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.conv4j.onednn.binding.NativeLibrary;

/** Skips the properties of kernels that this build does not have. */
final class NeedsNativeLibrary implements SkipExecutionHook {
  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    return NativeLibrary.isAvailable()
        ? SkipResult.doNotSkip()
        : SkipResult.skip("needs the native library");
  }
}
