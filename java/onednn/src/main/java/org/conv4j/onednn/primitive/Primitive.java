package org.conv4j.onednn.primitive;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.conv4j.onednn.binding.Address;
import org.conv4j.onednn.binding.NativeHandle;
import org.conv4j.onednn.binding.Status;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/** A oneDNN primitive with the descriptor it was made from. Owner of both; safe for any thread. */
public final class Primitive implements AutoCloseable {
  /** Where oneDNN puts the address of an answer. Never freed. */
  private static final Memory ANSWER = Memory.allocate(Long.BYTES);

  private final NativeHandle<dnnl_primitive_desc> desc;
  private final NativeHandle<dnnl_primitive> primitive;

  /** Makes the primitive, and takes ownership of the descriptor even if that fails. */
  Primitive(dnnl_primitive_desc created) {
    desc = NativeHandle.own(created, dnnl::dnnl_primitive_desc_destroy);
    dnnl_primitive pointer = new dnnl_primitive();
    try {
      Status.check(dnnl.dnnl_primitive_create(pointer, created), "creating a primitive");
    } catch (RuntimeException failure) {
      desc.close();
      throw failure;
    }
    primitive = NativeHandle.own(pointer, dnnl::dnnl_primitive_destroy);
  }

  dnnl_primitive get() {
    return primitive.get();
  }

  /** The layout that the implementation chose for its weights. Valid while this is open. */
  dnnl_memory_desc weightsDesc() {
    return dnnl.dnnl_primitive_desc_query_md(desc.get(), dnnl.dnnl_query_weights_md, 0);
  }

  /** The layout of the scratchpad. Valid while this is open. */
  dnnl_memory_desc scratchpadDesc() {
    return dnnl.dnnl_primitive_desc_query_md(desc.get(), dnnl.dnnl_query_scratchpad_md, 0);
  }

  long scratchpadBytes() {
    return dnnl.dnnl_memory_desc_get_size(scratchpadDesc());
  }

  /** The name of the implementation, for example {@code brgconv:avx512_core}. */
  public String implementation() {
    return implementation(desc.get());
  }

  /** One at a time: all plans ask, for every step, and a block for each answer would be dear. */
  public static String implementation(dnnl_primitive_desc desc) {
    synchronized (ANSWER) {
      Status.check(
          dnnl.dnnl_primitive_desc_query(
              desc, dnnl.dnnl_query_impl_info_str, 0, Address.of(ANSWER)),
          "asking for the implementation");
      return new BytePointer(new Address().at(HeldElements.bytes(ANSWER).getLong(0))).getString();
    }
  }

  @Override
  public void close() {
    primitive.close();
    desc.close();
  }
}
