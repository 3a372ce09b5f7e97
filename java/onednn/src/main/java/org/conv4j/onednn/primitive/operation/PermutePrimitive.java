package org.conv4j.onednn.primitive.operation;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.onednn.primitive.Reorder;
import org.conv4j.op.Permute;

/** A permutation as one reorder primitive: the input is named in the order of the output. */
public final class PermutePrimitive {
  private PermutePrimitive() {}

  public static CompiledOp compile(Permute op) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder("reorder", List.of())) {
      dnnl_memory_desc input = builder.input(Layouts.permuted(op.input(), op.axes()));
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(op.output()));
      builder.primitive(Reorder.describe(input, output));
      return builder.build();
    }
  }
}
