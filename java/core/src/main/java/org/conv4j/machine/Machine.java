package org.conv4j.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a processor is like: the one place for numbers that were measured on one. Everything that
 * decides by them takes them from here, so that another processor is another {@code Machine}.
 *
 * @param vectorBytes the length of the vectors that kernels use, in bytes
 * @param secondLevelCache what one core has of it, in bytes
 * @param flopsPerNanosecond what native kernels reach on one thread in ordinary ops, in float32
 * @param javaFlopsPerNanosecond the same for plain Java
 * @param elementNanoseconds what it takes to move one element from or to memory
 * @param wakeNanoseconds what it takes until a thread that sleeps has begun to work
 * @param joinNanoseconds what it takes to share work out between threads that are awake, and to
 *     wait for the last of them
 * @param stepNanoseconds what the start of a step takes beside its work, at most
 */
public record Machine(
    int vectorBytes,
    long secondLevelCache,
    double flopsPerNanosecond,
    double javaFlopsPerNanosecond,
    double elementNanoseconds,
    long wakeNanoseconds,
    long joinNanoseconds,
    long stepNanoseconds) {
  /** A server core of AMD's fourth Zen generation. */
  public static final Machine ZEN4 = new Machine(64, 1 << 20, 100, 50, 0.1, 20_000, 1_000, 1_000);

  private static final Path SECOND_LEVEL_CACHE =
      Path.of("/sys/devices/system/cpu/cpu0/cache/index2/size");

  private static final long SMALLEST_CACHE = 1 << 17;
  private static final long LARGEST_CACHE = 1 << 26;

  /**
   * Returns the machine that this process runs on. Its prices are those of the processor that is
   * most like it among those that were measured.
   *
   * @return the machine; its vectors are the longest of any processor, as only an engine knows
   *     which ones its kernels use
   */
  public static Machine host() {
    return Host.MACHINE;
  }

  /** Looked for when somebody asks first. */
  private static final class Host {
    static final Machine MACHINE = ZEN4.withSecondLevelCache(secondLevelCache(ZEN4));
  }

  /**
   * Changes the vectors.
   *
   * @param vectorBytes their length in bytes
   * @return another machine
   */
  public Machine withVectorBytes(int vectorBytes) {
    return new Machine(
        vectorBytes,
        secondLevelCache,
        flopsPerNanosecond,
        javaFlopsPerNanosecond,
        elementNanoseconds,
        wakeNanoseconds,
        joinNanoseconds,
        stepNanoseconds);
  }

  /**
   * Changes the cache.
   *
   * @param secondLevelCache what one core has of it, in bytes
   * @return another machine
   */
  public Machine withSecondLevelCache(long secondLevelCache) {
    return new Machine(
        vectorBytes,
        secondLevelCache,
        flopsPerNanosecond,
        javaFlopsPerNanosecond,
        elementNanoseconds,
        wakeNanoseconds,
        joinNanoseconds,
        stepNanoseconds);
  }

  /**
   * Changes what it takes to wake a thread.
   *
   * @param wakeNanoseconds how long that takes
   * @return another machine
   */
  public Machine withWakeNanoseconds(long wakeNanoseconds) {
    return new Machine(
        vectorBytes,
        secondLevelCache,
        flopsPerNanosecond,
        javaFlopsPerNanosecond,
        elementNanoseconds,
        wakeNanoseconds,
        joinNanoseconds,
        stepNanoseconds);
  }

  /**
   * Returns how many elements a vector holds.
   *
   * @param elementBytes the size of one
   * @return their number
   */
  public int lanes(int elementBytes) {
    return vectorBytes / elementBytes;
  }

  /**
   * Estimates how long native kernels take for some work on one thread.
   *
   * @param flops the operations
   * @param elements what is read and written
   * @return nanoseconds
   */
  public double nanoseconds(long flops, long elements) {
    return flops / flopsPerNanosecond + elements * elementNanoseconds;
  }

  /** Where the operating system does not say, or something absurd, what was measured. */
  private static long secondLevelCache(Machine measured) {
    try {
      byte[] text = Files.readAllBytes(SECOND_LEVEL_CACHE);
      long bytes = bytes(new String(text, StandardCharsets.US_ASCII).strip());
      return bytes < SMALLEST_CACHE || bytes > LARGEST_CACHE ? measured.secondLevelCache : bytes;
    } catch (IOException | RuntimeException unknown) {
      return measured.secondLevelCache;
    }
  }

  /** Reads a number of kibibytes or mebibytes, as Linux writes it: {@code 1024K}. */
  static long bytes(String text) {
    int last = text.length() - 1;
    long number = Long.parseLong(text, 0, last, 10);
    return switch (text.charAt(last)) {
      case 'K' -> number << 10;
      case 'M' -> number << 20;
      default -> throw new NumberFormatException(text);
    };
  }
}
