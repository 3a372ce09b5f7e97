package org.conv4j.onednn.binding;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import org.conv4j.error.EngineUnavailableException;

/**
 * The oneDNN library in this process: whether it loaded, why not, and its CPU engine, which lives
 * as long as the process. Safe for any thread.
 */
public final class OneDnn {
  private static final Throwable UNAVAILABILITY_CAUSE = load();

  private OneDnn() {}

  /**
   * Returns whether oneDNN loaded.
   *
   * @return true if it can be used
   */
  public static boolean isAvailable() {
    return UNAVAILABILITY_CAUSE == null;
  }

  /**
   * Returns why oneDNN did not load.
   *
   * @return the reason, or null if it did
   */
  public static Throwable unavailabilityCause() {
    return UNAVAILABILITY_CAUSE;
  }

  /**
   * Throws unless oneDNN loaded.
   *
   * @throws EngineUnavailableException with the reason as its cause
   */
  public static void ensureAvailability() {
    if (!isAvailable()) {
      throw new EngineUnavailableException(
          "oneDNN did not load: " + UNAVAILABILITY_CAUSE.getMessage(), UNAVAILABILITY_CAUSE);
    }
  }

  /**
   * Returns the version of the library that loaded.
   *
   * @return for example {@code 3.11.0}
   * @throws EngineUnavailableException if it did not load
   */
  public static String version() {
    ensureAvailability();
    var version = dnnl.dnnl_version();
    return version.major() + "." + version.minor() + "." + version.patch();
  }

  /** Returns an address inside of the library. */
  static long address() {
    return dnnl.dnnl_version().address();
  }

  /**
   * Returns how many bytes the longest vectors have that oneDNN uses here, which {@code
   * ONEDNN_MAX_CPU_ISA} may limit; any number of them on a processor that is no x86.
   */
  public static int vectorBytes() {
    int isa = dnnl.dnnl_get_effective_cpu_isa();
    if (isa == dnnl.dnnl_cpu_isa_default) {
      return Integer.MAX_VALUE;
    }
    if (includes(isa, dnnl.dnnl_cpu_isa_avx512_core)) {
      return 64;
    }
    return includes(isa, dnnl.dnnl_cpu_isa_avx2) ? 32 : 16;
  }

  /**
   * Returns the newest instruction set that oneDNN uses here, which {@code ONEDNN_MAX_CPU_ISA} may
   * limit.
   *
   * @return its usual name, or that of no x86
   */
  public static String instructions() {
    int isa = dnnl.dnnl_get_effective_cpu_isa();
    if (isa == dnnl.dnnl_cpu_isa_default) {
      return "as the processor has it";
    }
    for (Instructions instructions : Instructions.values()) {
      if (includes(isa, instructions.isa)) {
        return instructions.name;
      }
    }
    return "SSE2";
  }

  /** The newest first: each has those after it. */
  private enum Instructions {
    AMX(dnnl.dnnl_cpu_isa_avx512_core_amx, "AVX-512 with AMX"),
    FP16(dnnl.dnnl_cpu_isa_avx512_core_fp16, "AVX-512 with half precision"),
    BF16(dnnl.dnnl_cpu_isa_avx512_core_bf16, "AVX-512 with bfloat16"),
    VNNI(dnnl.dnnl_cpu_isa_avx512_core_vnni, "AVX-512 with VNNI"),
    AVX512(dnnl.dnnl_cpu_isa_avx512_core, "AVX-512"),
    AVX2_VNNI(dnnl.dnnl_cpu_isa_avx2_vnni, "AVX2 with VNNI"),
    AVX2(dnnl.dnnl_cpu_isa_avx2, "AVX2"),
    AVX(dnnl.dnnl_cpu_isa_avx, "AVX"),
    SSE41(dnnl.dnnl_cpu_isa_sse41, "SSE4.1");

    private final int isa;
    private final String name;

    Instructions(int isa, String name) {
      this.isa = isa;
      this.name = name;
    }
  }

  private static boolean includes(int isa, int older) {
    return (isa & older) == older;
  }

  public static dnnl_engine engine() {
    return Cpu.ENGINE;
  }

  /**
   * Ends the helpers of our kernels, and the thread with which JavaCPP frees what nobody closed, if
   * JavaCPP was loaded with this class, by an application's class loader, which that thread would
   * keep for ever.
   */
  public static void release() {
    if (NativeLibrary.isAvailable()) {
      NativeThreads.dismiss();
    }
    ClassLoader loader = OneDnn.class.getClassLoader();
    if (loader == Pointer.class.getClassLoader() && loader != ClassLoader.getSystemClassLoader()) {
      Pointer.interruptDeallocatorThread();
    }
  }

  /** Apart, for where the presets are missing even this class cannot be loaded. */
  private static final class Cpu {
    private static final dnnl_engine ENGINE = new dnnl_engine();

    static void create() {
      Status.check(
          dnnl.dnnl_engine_create(ENGINE, dnnl.dnnl_cpu, 0), "creating oneDNN's CPU engine");
    }
  }

  /** A failed load is kept, so that every later use can say why. */
  private static Throwable load() {
    try {
      Cpu.create();
      return null;
    } catch (LinkageError | RuntimeException failure) {
      return LoadFailure.explained(failure);
    }
  }
}
