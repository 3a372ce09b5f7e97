package org.conv4j.onnx.call;

import org.conv4j.lowering.Value;

/** Operators that belong together: one file. Safe for any thread. */
public interface Family {
  /** Each operator's name, with the versions of its definition that are supported behind it. */
  String[] operators();

  /** Whether the operators know what to make of inputs without elements. */
  default boolean takesEmpty() {
    return false;
  }

  /** Appends the ops for one output of an operator. */
  Value lower(Call call);
}
