package org.conv4j.onednn.primitive;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.onednn.binding.Address;
import org.conv4j.onednn.binding.NativeHandle;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.binding.NativeThreads;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.binding.Status;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;

/** Copies between layouts. */
public final class Reorder {
  private Reorder() {}

  /** Describes a copy; the caller makes a primitive of it. */
  public static dnnl_primitive_desc describe(dnnl_memory_desc from, dnnl_memory_desc to) {
    dnnl_primitive_desc desc = new dnnl_primitive_desc();
    Status.check(describe(desc, from, to), "a copy between memory layouts");
    return desc;
  }

  /** Describes a copy that oneDNN may not have, and returns its status. */
  public static int describe(dnnl_primitive_desc desc, dnnl_memory_desc from, dnnl_memory_desc to) {
    try (NativeHandle<dnnl_primitive_attr> attr = PostOps.attributes(List.of())) {
      return dnnl.dnnl_reorder_primitive_desc_create(
          desc, from, OneDnn.engine(), to, OneDnn.engine(), attr.get());
    }
  }

  /** Copies a weight to a new block in another layout; the caller owns the block. */
  static Memory pack(Tensor weight, dnnl_memory_desc from, dnnl_memory_desc to) {
    return NativeLibrary.isAvailable()
        ? NativeThreads.with(1, () -> copy(weight, from, to))
        : copy(weight, from, to);
  }

  private static Memory copy(Tensor weight, dnnl_memory_desc from, dnnl_memory_desc to) {
    Memory packed = Memory.allocate(dnnl.dnnl_memory_desc_get_size(to));
    try (Primitive copy = new Primitive(describe(from, to));
        Memory scratchpad = Memory.allocate(copy.scratchpadBytes());
        Execution execution = new Execution(copy, 3)) {
      execution.argument(dnnl.DNNL_ARG_FROM, from).set(Address.of(weight));
      execution.argument(dnnl.DNNL_ARG_TO, to).set(packed);
      execution.argument(dnnl.DNNL_ARG_SCRATCHPAD, copy.scratchpadDesc()).set(scratchpad);
      execution.run();
      return packed;
    } catch (RuntimeException | Error failure) {
      packed.close();
      throw failure;
    }
  }
}
