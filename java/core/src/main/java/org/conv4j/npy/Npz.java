package org.conv4j.npy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.conv4j.disk.FileReading;
import org.conv4j.disk.FileWriting;
import org.conv4j.tensor.Tensor;

/**
 * Reads and writes {@code .npz} files, NumPy's format for a named set of arrays: a ZIP archive with
 * one {@code .npy} file for each, stored or deflated. Safe for any thread.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  private static final byte[] END_SIGNATURE = {'P', 'K', 5, 6};
  private static final int END_RECORD_BYTES = 22;
  private static final int MAX_COMMENT_BYTES = 0xffff;

  /** No deflated stream is longer than this many times its compressed form (RFC 1951). */
  private static final long MAX_DEFLATE_RATIO = 1032;

  private Npz() {}

  /**
   * Reads a file.
   *
   * @param path the file
   * @return the tensors by name, in the file's order; the caller closes them
   * @throws org.conv4j.error.FileAccessException if the file cannot be read
   * @throws org.conv4j.error.MalformedFileException if it is no complete {@code .npz} file
   */
  public static Map<String, Tensor> read(Path path) {
    FileReading.requireFile(path);
    try (Contents contents = new Contents(path.toString(), Files.size(path));
        ZipFile zip = new ZipFile(path.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        try (InputStream stream = zip.getInputStream(entry)) {
          contents.add(entry, stream);
        }
      }
      return contents.release();
    } catch (IOException failure) {
      throw FileReading.translate(path.toString(), failure);
    } catch (IllegalArgumentException failure) {
      throw FileReading.translate(path.toString(), failure);
    }
  }

  /**
   * Reads an archive that is in memory or in a class path resource.
   *
   * @param archive the whole archive
   * @param source what messages call it
   * @return the tensors by name, in the archive's order; the caller closes them
   * @throws org.conv4j.error.MalformedFileException if it is no complete {@code .npz} file
   */
  public static Map<String, Tensor> read(byte[] archive, String source) {
    if (!hasEndRecord(archive)) {
      throw NpyHeader.malformed(source, "is no complete ZIP archive");
    }
    try (Contents contents = new Contents(source, archive.length);
        ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        contents.add(entry, zip);
      }
      return contents.release();
    } catch (IOException failure) {
      throw FileReading.translate(source, failure);
    } catch (IllegalArgumentException failure) {
      throw FileReading.translate(source, failure);
    }
  }

  /**
   * Writes a file with deflated entries, replacing an old one only when all is written.
   *
   * @param path the file
   * @param tensors what to write, by name
   * @throws org.conv4j.error.FileAccessException if the file cannot be written
   */
  public static void write(Path path, Map<String, Tensor> tensors) {
    FileWriting.replace(
        path,
        stream -> {
          ZipOutputStream zip = new ZipOutputStream(stream);
          for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            ZipEntry entry = new ZipEntry(tensor.getKey() + SUFFIX);
            entry.setTime(0);
            zip.putNextEntry(entry);
            NpyData.write(tensor.getValue(), zip);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  /** A ZIP archive ends with a record that a truncated one lacks; a comment may follow it. */
  private static boolean hasEndRecord(byte[] archive) {
    int first = Math.max(0, archive.length - END_RECORD_BYTES - MAX_COMMENT_BYTES);
    for (int i = archive.length - END_RECORD_BYTES; i >= first; i--) {
      if (Arrays.equals(archive, i, i + END_SIGNATURE.length, END_SIGNATURE, 0, 4)) {
        return true;
      }
    }
    return false;
  }

  /** The tensors read so far; closes them unless all could be read. */
  private static final class Contents implements AutoCloseable {
    private final String source;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private long budget;
    private boolean released;

    Contents(String source, long archiveBytes) {
      this.source = source;
      this.budget = archiveBytes * MAX_DEFLATE_RATIO;
    }

    void add(ZipEntry entry, InputStream stream) throws IOException {
      if (entry.isDirectory() || !entry.getName().endsWith(SUFFIX)) {
        return;
      }
      String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
      if (tensors.containsKey(name)) {
        throw NpyHeader.malformed(source, "holds two arrays named '" + name + "'");
      }
      Tensor tensor = Npy.read(new BufferedInputStream(stream), source + "[" + name + "]", budget);
      tensors.put(name, tensor);
      budget -= tensor.shape().elementCount();
    }

    Map<String, Tensor> release() {
      released = true;
      return tensors;
    }

    @Override
    public void close() {
      if (!released) {
        tensors.values().forEach(Tensor::close);
      }
    }
  }
}
