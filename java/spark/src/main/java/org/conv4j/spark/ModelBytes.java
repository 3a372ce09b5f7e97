package org.conv4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Models as files of the file systems that Spark reads. */
final class ModelBytes {
  private ModelBytes() {}

  static byte[] read(String file) throws IOException {
    Path path = new Path(file);
    FileSystem system = path.getFileSystem(configuration());
    FileStatus status = system.getFileStatus(path);
    if (status.isDirectory()) {
      throw new IOException("it is a folder, and models for Spark are one file");
    }
    try (InputStream stream = system.open(path)) {
      return stream.readAllBytes();
    }
  }

  static void write(String file, byte[] content) throws IOException {
    Path path = new Path(file);
    try (OutputStream stream = path.getFileSystem(configuration()).create(path, true)) {
      stream.write(content);
    }
  }

  /** Tells models apart by their content. */
  static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("Every JVM has SHA-256.", impossible);
    }
  }

  private static Configuration configuration() {
    return SparkSession.getActiveSession().isDefined()
        ? SparkSession.active().sparkContext().hadoopConfiguration()
        : new Configuration();
  }
}
