package org.conv4j.onednn.choice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadedOpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"gemm:jit", "x64:gemm:jit", "gemm:ref", "conv:any+gemm:jit", "brgemm+gemm"})
  void olderMatrixProductsWaitForEachOther(String implementation) {
    assertThat(ThreadedOp.waits(implementation)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "brgemm:avx512_core",
        "brgconv:avx2",
        "brg_matmul:avx512_core",
        "jit:avx2",
        "ref:any"
      })
  void othersDoNot(String implementation) {
    assertThat(ThreadedOp.waits(implementation)).isFalse();
  }
}
