package org.conv4j.keras.hdf5;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.npy.Npz;
import org.conv4j.tensor.Tensor;

/** The files that {@code src/test/python/generate_hdf5_files.py} wrote. */
final class Hdf5Samples {
  private Hdf5Samples() {}

  static byte[] bytes(String name) {
    try (InputStream stream = Hdf5Samples.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /** What h5py read from a file, by path. */
  static Map<String, Tensor> expected(String name) {
    return Npz.read(bytes(name + ".expected.npz"), name);
  }

  static Hdf5Group open(String name) {
    return open(bytes(name));
  }

  static Hdf5Group open(byte[] file) {
    return Hdf5File.open(new MemoryBytes(file, "sample")).root();
  }
}
