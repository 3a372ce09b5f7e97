package org.conv4j.onnx.backend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** ONNX's backend tests in an archive, with the lists beside them that say what they are about. */
final class BackendArchive {
  /** Suites, which are folders, with their lists. */
  static final Map<String, String> SUITES =
      new TreeMap<>(
          Map.of(
              "node", "node.tsv",
              "pytorch-converted", "pytorch-converted.tsv",
              "pytorch-operator", "pytorch-operator.tsv",
              "simple", "simple.tsv"));

  private BackendArchive() {}

  /** All tests of an archive that are in the lists. */
  static List<BackendCase> cases(Path archive) throws IOException {
    Map<String, Map<String, byte[]>> folders = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        String[] path = entry.getName().split("/", 3);
        if (path.length == 3 && !entry.isDirectory()) {
          try (InputStream content = zip.getInputStream(entry)) {
            folders
                .computeIfAbsent(path[0] + "/" + path[1], key -> new LinkedHashMap<>())
                .put(path[2], content.readAllBytes());
          }
        }
      }
    }
    List<BackendCase> cases = new ArrayList<>();
    for (Map.Entry<String, String> suite : SUITES.entrySet()) {
      for (String line : lines(suite.getValue())) {
        String[] columns = line.split("\t", -1);
        Map<String, byte[]> files = folders.get(suite.getKey() + "/" + columns[0]);
        if (files != null && !columns[0].equals("test")) {
          cases.add(
              new BackendCase(suite.getKey(), columns[0], columns[1], numbers(columns[3]), files));
        }
      }
    }
    return cases;
  }

  static List<String> lines(String resource) throws IOException {
    try (InputStream list = BackendArchive.class.getResourceAsStream(resource)) {
      return new String(list.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  private static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : text.split("[ ,]+")) {
      if (!number.isEmpty()) {
        numbers.add(Integer.parseInt(number));
      }
    }
    return numbers;
  }
}
