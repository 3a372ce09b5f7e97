package org.conv4j.onednn.binding;

import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.UnsupportedByEngineException;

/** The one place where oneDNN's status codes become exceptions. */
public final class Status {
  private Status() {}

  /** Tells whether oneDNN can do something that has another way; throws if it failed instead. */
  public static boolean isPossible(int status, String doing) {
    if (status == dnnl.dnnl_unimplemented || status == dnnl.dnnl_invalid_arguments) {
      return false;
    }
    check(status, doing);
    return true;
  }

  /** Like {@link #check(int, String)}, but puts what was done into words only if it failed. */
  public static void check(int status, String doing, Object... with) {
    if (status != dnnl.dnnl_success) {
      check(status, doing.formatted(with));
    }
  }

  public static void check(int status, String doing) {
    switch (status) {
      case dnnl.dnnl_success -> {}
      case dnnl.dnnl_unimplemented ->
          throw new UnsupportedByEngineException("oneDNN has no implementation for " + doing + ".");
      case dnnl.dnnl_invalid_arguments ->
          throw new UnsupportedByEngineException("oneDNN rejects the arguments of " + doing + ".");
      case dnnl.dnnl_out_of_memory ->
          throw new Conv4jException("oneDNN ran out of memory while " + doing + ".");
      default ->
          throw new Conv4jException(
              "oneDNN failed with status " + status + " while " + doing + ".");
    }
  }
}
