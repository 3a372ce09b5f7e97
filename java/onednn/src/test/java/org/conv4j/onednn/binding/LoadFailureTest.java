package org.conv4j.onednn.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.conv4j.error.EngineUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadFailureTest {
  private static final String LIBRARY = "/cache/libjniOpenCL.so";

  @Test
  void aFolderThatIsMountedNoexecIsNamedAndItsCure() {
    UnsatisfiedLinkError top = new UnsatisfiedLinkError("no jniOpenCL in java.library.path: /lib");
    top.initCause(
        new UnsatisfiedLinkError(
            "%1$s: %1$s: failed to map segment from shared object".formatted(LIBRARY)));

    Throwable explained = LoadFailure.explained(top);

    assertThat(explained)
        .isInstanceOf(EngineUnavailableException.class)
        .hasCause(top)
        .hasMessage(
            LIBRARY
                + ": failed to map segment from shared object; libraries may not be loaded from"
                + " there, perhaps because it is mounted noexec: set the system property"
                + " org.bytedeco.javacpp.cachedir to a folder from which they may.");
  }

  @ParameterizedTest
  @CsvSource({
    "libgomp.so.1: cannot open shared object file: No such file or directory, install the package",
    "/cache/x.so: wrong ELF class: ELFCLASS32, another processor",
    "Error loading shared library ld-linux-x86-64.so.2: No such file or directory, musl",
    "/lib/libc.so.6: version `GLIBC_2.28' not found, newer glibc",
    "/cache/x.so: No space left on device, org.bytedeco.javacpp.cachedir",
    "/cache/x.so: Permission denied, org.bytedeco.javacpp.cachedir",
    "Could not create the cache: Set the property, org.bytedeco.javacpp.cachedir"
  })
  void everyReasonBelowHasItsAdvice(String reason, String advice) {
    LinkageError top = new LinkageError("Could not initialize class");
    top.initCause(new IOException(reason));

    assertThat(LoadFailure.explained(top))
        .hasMessageStartingWith(reason)
        .hasMessageContaining(advice);
  }

  @Test
  void anUnknownReasonStaysAsItIs() {
    LinkageError unknown = new LinkageError("something else");
    assertThat(LoadFailure.explained(unknown)).isSameAs(unknown);
  }
}
