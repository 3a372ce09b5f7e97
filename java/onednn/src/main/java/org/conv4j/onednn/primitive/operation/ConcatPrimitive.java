package org.conv4j.onednn.primitive.operation;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.PointerPointer;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.NativeHandle;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.binding.Status;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.op.Concat;
import org.conv4j.shape.Shape;

/** A concatenation as one concat primitive, of matrices with everything before the axis as rows. */
public final class ConcatPrimitive {
  private static final String NAME = "concat";

  private ConcatPrimitive() {}

  public static CompiledOp compile(Concat op) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of());
        PointerPointer<dnnl_memory_desc> inputs = new PointerPointer<>(op.inputs().size());
        PointerPointer<dnnl_primitive_desc> created = new PointerPointer<>(1)) {
      for (int i = 0; i < op.inputs().size(); i++) {
        NativeHandle<dnnl_memory_desc> desc = Layouts.rowMajor(rows(op.inputs().get(i), op.axis()));
        inputs.put(i, builder.input(dnnl.DNNL_ARG_MULTIPLE_SRC + i, desc, i));
      }
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(rows(op.output(), op.axis())));
      Status.check(
          dnnl.dnnl_concat_primitive_desc_create(
              created,
              OneDnn.engine(),
              output,
              op.inputs().size(),
              1,
              inputs,
              builder.attributes()),
          "a concatenation of " + op.inputs());
      builder.primitive(created.get(dnnl_primitive_desc.class, 0));
      return builder.build();
    }
  }

  private static Shape rows(Shape shape, int axis) {
    long rows = 1;
    for (int i = 0; i < axis; i++) {
      rows *= shape.dim(i);
    }
    return Shape.of(rows, shape.elementCount() / rows);
  }
}
