package org.conv4j.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningCacheTest {
  @TempDir private Path folder;

  @Test
  void keepsWhatItIsGivenLast() {
    TuningCache cache = cache();
    cache.put("op", "slow");
    cache.put("another op", "other");
    cache.put("op", "fast");

    assertThat(cache.find("op")).contains("fast");
    assertThat(cache.find("another op")).contains("other");
    assertThat(cache.find("unknown")).isEmpty();
  }

  @Test
  void tabsAndLineBreaksCannotForgeLines() {
    TuningCache cache = cache();
    cache.put("op\tforged\nanother", "value\nthird\tvalue");

    assertThat(cache.find("op\tforged\nanother")).contains("value third value");
    assertThat(cache.find("op")).isEmpty();
    assertThat(cache.find("third")).isEmpty();
  }

  @Test
  void forgetsTheOldestOfTooMany() throws IOException {
    StringBuilder text = new StringBuilder(TuningCache.HEADER).append('\n');
    IntStream.range(0, TuningCache.MAX_ENTRIES)
        .forEach(i -> text.append("op").append(i).append("\tvalue\n"));
    Files.writeString(file(), text);

    cache().put("new", "value");

    assertThat(cache().find("op0")).isEmpty();
    assertThat(cache().find("op1")).contains("value");
    assertThat(cache().find("new")).contains("value");
    assertThat(Files.readAllLines(file())).hasSize(1 + TuningCache.MAX_ENTRIES);
  }

  @Test
  void aFileOfImpossibleSizeIsNotReadButReplaced() throws IOException {
    try (RandomAccessFile huge = new RandomAccessFile(file().toFile(), "rw")) {
      huge.setLength(TuningCache.MAX_BYTES + 1);
    }
    assertThat(cache().find("op")).isEmpty();

    cache().put("op", "value");

    assertThat(cache().find("op")).contains("value");
    assertThat(Files.size(file())).isLessThan(100);
  }

  @Test
  void readersAlwaysSeeAWholeFile() throws Exception {
    int writers = 3;
    int values = 50;
    cache().put("always there", "value");
    ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
    try {
      List<Future<?>> writing = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int id = writer;
        writing.add(
            threads.submit(
                () -> IntStream.range(0, values).forEach(i -> cache().put("op " + id, "" + i))));
      }
      Future<Boolean> reading =
          threads.submit(
              () -> {
                boolean found = true;
                while (!writing.stream().allMatch(Future::isDone)) {
                  found &= cache().find("always there").isPresent();
                }
                return found;
              });
      for (Future<?> each : writing) {
        each.get();
      }
      assertThat(reading.get()).isTrue();
    } finally {
      threads.shutdown();
    }
    for (int writer = 0; writer < writers; writer++) {
      assertThat(cache().find("op " + writer)).contains("" + (values - 1));
    }
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  private TuningCache cache() {
    return new TuningCache(file());
  }

  private Path file() {
    return folder.resolve("tuning");
  }
}
