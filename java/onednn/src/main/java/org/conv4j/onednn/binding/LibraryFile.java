package org.conv4j.onednn.binding;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;
import org.bytedeco.javacpp.Loader;

/**
 * A library that is a resource, as a file for {@link System#load}. It lies where JavaCPP keeps
 * those of oneDNN, in a folder named after its checksum: only the first process has to write it,
 * and no other build of it is ever taken for it.
 *
 * @param resource the resource
 * @param path where the file lies
 * @param size how many bytes it has
 * @param checksum the CRC-32 of its content
 */
record LibraryFile(URL resource, Path path, long size, long checksum) {
  static LibraryFile of(URL resource, String name) throws IOException {
    URLConnection connection = resource.openConnection();
    long size;
    long checksum;
    if (connection instanceof JarURLConnection jar) {
      size = jar.getJarEntry().getSize();
      checksum = jar.getJarEntry().getCrc();
    } else {
      byte[] content = read(resource);
      CRC32 crc = new CRC32();
      crc.update(content);
      size = content.length;
      checksum = crc.getValue();
    }
    Path folder = Loader.getCacheDir().toPath().resolve("conv4j-" + Long.toHexString(checksum));
    return new LibraryFile(resource, folder.resolve(name).toAbsolutePath(), size, checksum);
  }

  /**
   * Returns the file, or another one of the same content. Copies are kept, so that there are never
   * more of them than were needed at a time.
   *
   * @param number 0 for the file itself
   */
  Path copy(int number) throws IOException {
    Path copy =
        number == 0
            ? path
            : path.resolveSibling(Integer.toString(number)).resolve(path.getFileName());
    if (!isComplete(copy, size)) {
      Files.createDirectories(copy.getParent());
      write(read(resource), copy);
    }
    return copy;
  }

  private static byte[] read(URL resource) throws IOException {
    try (InputStream in = resource.openStream()) {
      return in.readAllBytes();
    }
  }

  private static boolean isComplete(Path path, long size) throws IOException {
    return Files.exists(path) && Files.size(path) == size;
  }

  /** In one step, for other processes may be loading or writing the same file. */
  private static void write(byte[] content, Path path) throws IOException {
    Path written = Files.createTempFile(path.getParent(), "written", null);
    try {
      Files.write(written, content);
      Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      Files.deleteIfExists(written);
      // Windows does not replace a file in use, which then is this one, from another process.
      if (!isComplete(path, content.length)) {
        throw failure;
      }
    }
  }
}
