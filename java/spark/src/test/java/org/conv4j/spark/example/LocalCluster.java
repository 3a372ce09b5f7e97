package org.conv4j.spark.example;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Workers of one core each, in processes of their own on this machine. */
public final class LocalCluster {
  private LocalCluster() {}

  /**
   * Starts workers, which find their classes where this process does.
   *
   * @param workers how many
   * @param megabytes the heap of each
   * @return the session; closing it ends the workers
   * @throws IOException if the folder {@code SPARK_HOME} cannot be filled
   */
  public static SparkSession start(int workers, int megabytes) throws IOException {
    return SparkSession.builder()
        .master("local-cluster[%d,1,%d]".formatted(workers, megabytes))
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", megabytes + "m")
        .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .config("spark.executor.extraJavaOptions", System.getProperty("spark.opens"))
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.home", home().toString())
        .getOrCreate();
  }

  /** Workers look for Spark's jars in a folder of SPARK_HOME. */
  private static Path home() throws IOException {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    Path jars = Files.createDirectories(home.resolve("jars"));
    try (Stream<Path> old = Files.list(jars)) {
      for (Path link : old.toList()) {
        Files.delete(link);
      }
    }
    for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && !Files.exists(jars.resolve(jar.getFileName()))) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    return home;
  }
}
