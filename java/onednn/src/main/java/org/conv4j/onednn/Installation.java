package org.conv4j.onednn;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.conv4j.onednn.binding.NativeKernel;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.binding.OneDnn;

/** What the engine has found on this machine, for people. */
final class Installation {
  private Installation() {}

  /** Texts by what they are about; oneDNN must have loaded. */
  static Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("oneDNN", OneDnn.version());
    details.put("instruction set", OneDnn.instructions());
    details.put(
        "kernels of conv4j", NativeLibrary.isAvailable() ? NativeKernel.instructions() : "none");
    details.put("libraries unpacked in", cache());
    return details;
  }

  private static String cache() {
    try {
      return Loader.getCacheDir().toString();
    } catch (IOException none) {
      return "no folder: " + none.getMessage();
    }
  }
}
