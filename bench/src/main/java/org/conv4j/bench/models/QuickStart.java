package org.conv4j.bench.models;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.conv4j.error.Conv4jException;

/**
 * The fastest start that a JVM offers to programs whose work is native: classes come from an
 * archive that an earlier run wrote, and of its compilers only the quick one works.
 */
final class QuickStart {
  /** What the JVM has to say must not be taken for an answer. */
  private static final List<String> OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-Xlog:disable", "-Xlog:all=warning:stderr");

  private final String name;
  private final ModelSetting setting;
  private final Path folder;
  private final String classPath;
  private final Path archive;

  /**
   * Writes the archive, in a run of its own.
   *
   * @param name the library
   * @param setting what it runs
   * @param folder where to keep the archive and what the processes write to the standard error
   * @throws Conv4jException if there is no archive afterwards
   */
  QuickStart(String name, ModelSetting setting, Path folder) {
    this.name = name;
    this.setting = setting;
    this.folder = folder;
    this.archive = folder.resolve(name + ".jsa");
    try {
      this.classPath = jars(WorkerProcess.classPath(name), folder);
      Files.deleteIfExists(archive);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    start("-XX:ArchiveClassesAtExit=" + archive).close();
    if (!Files.exists(archive)) {
      throw new Conv4jException("The process of " + name + " left no archive of its classes.");
    }
  }

  /** Starts a process; returns the time until its first result was there. */
  double milliseconds() {
    try (WorkerProcess worker = start("-XX:SharedArchiveFile=" + archive)) {
      return worker.startMilliseconds();
    }
  }

  private WorkerProcess start(String option) {
    List<String> options = new ArrayList<>(OPTIONS);
    options.add(option);
    return WorkerProcess.start(name, setting, folder, classPath, options);
  }

  /** An archive serves classes from jars only: a folder is packed into one. */
  private static String jars(String classPath, Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      jars.add(Files.isDirectory(path) ? pack(path, folder, jars.size()).toString() : entry);
    }
    return String.join(File.pathSeparator, jars);
  }

  private static Path pack(Path classes, Path folder, int number) throws IOException {
    Path jar = folder.resolve("classes-" + number + ".jar");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(classes)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Path each : files) {
        String member = classes.relativize(each).toString().replace(File.separatorChar, '/');
        zip.putNextEntry(new ZipEntry(member));
        Files.copy(each, zip);
      }
    }
    return jar;
  }
}
