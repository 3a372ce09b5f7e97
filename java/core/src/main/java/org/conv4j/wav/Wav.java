package org.conv4j.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.MalformedFileException;

/**
 * The sound of a WAV file: frames of one sample for each channel, one behind the other. Immutable
 * but for the samples, which are shared with the caller.
 */
public final class Wav {
  private static final int RIFF = tag("RIFF");
  private static final int WAVE = tag("WAVE");
  private static final int FORMAT = tag("fmt ");
  private static final int DATA = tag("data");

  /** A tag that says that the format's own tag stands further behind. */
  private static final int EXTENSIBLE = 0xfffe;

  private static final int FORMAT_BYTES = 16;
  private static final int EXTENSIBLE_BYTES = 40;
  private static final int HEADER_BYTES = 44;
  private static final int MOST_CHANNELS = 1024;

  private final int sampleRate;
  private final int channels;
  private final SampleFormat format;
  private final float[] samples;

  /**
   * Makes a sound.
   *
   * @param sampleRate frames for a second
   * @param channels samples of a frame
   * @param format how the samples are written
   * @param samples frame by frame, mostly from -1 to 1; not copied
   * @throws InvalidArgumentException if a number is below 1, or the last frame is not whole
   */
  public Wav(int sampleRate, int channels, SampleFormat format, float[] samples) {
    InvalidArgumentException.requirePresent(format, "The format of a sound's samples");
    InvalidArgumentException.requirePresent(samples, "The samples of a sound");
    if (sampleRate < 1 || channels < 1 || channels > MOST_CHANNELS) {
      throw new InvalidArgumentException(
          "A sound has a sample rate and from 1 to %d channels; given %d Hz and %d channels."
              .formatted(MOST_CHANNELS, sampleRate, channels));
    }
    if (samples.length % channels != 0) {
      throw new InvalidArgumentException(
          "A sound of %d channels cannot have %d samples.".formatted(channels, samples.length));
    }
    this.sampleRate = sampleRate;
    this.channels = channels;
    this.format = format;
    this.samples = samples;
  }

  /**
   * Returns how fast it is played.
   *
   * @return frames for a second
   */
  public int sampleRate() {
    return sampleRate;
  }

  /**
   * Returns how many samples a frame has.
   *
   * @return 1 for mono, 2 for stereo
   */
  public int channels() {
    return channels;
  }

  /**
   * Returns how the samples are written in a file.
   *
   * @return the format
   */
  public SampleFormat format() {
    return format;
  }

  /**
   * Returns the samples.
   *
   * @return frame by frame; the array itself
   */
  public float[] samples() {
    return samples;
  }

  /**
   * Returns how long it is.
   *
   * @return the number of frames
   */
  public int frames() {
    return samples.length / channels;
  }

  /**
   * Reads a file with samples of 16, 24 or 32 bits, whole numbers or floating-point ones.
   *
   * @param path the file
   * @return the sound; whole numbers become those from -1 up to 1
   * @throws FileAccessException if it cannot be read
   * @throws MalformedFileException if it is no such file
   */
  public static Wav read(Path path) {
    try {
      return read(Files.readAllBytes(path), path.toString());
    } catch (IOException | OutOfMemoryError unreadable) {
      throw new FileAccessException("The file '" + path + "' cannot be read.", unreadable);
    }
  }

  /**
   * Reads the content of a file.
   *
   * @param content the bytes
   * @param source what to call it in messages
   * @return the sound
   * @throws MalformedFileException if it is no WAV file, or of an unusual kind
   */
  public static Wav read(byte[] content, String source) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < 12 || bytes.getInt(0) != RIFF || bytes.getInt(8) != WAVE) {
      throw malformed(source, "it does not begin with RIFF and WAVE");
    }
    bytes.position(12);
    ByteBuffer head = null;
    while (bytes.remaining() >= 8) {
      int tag = bytes.getInt();
      long size = Integer.toUnsignedLong(bytes.getInt());
      if (size > bytes.remaining()) {
        throw malformed(
            source,
            "a part of %d bytes is announced where %d follow".formatted(size, bytes.remaining()));
      }
      ByteBuffer part = bytes.slice(bytes.position(), (int) size).order(ByteOrder.LITTLE_ENDIAN);
      if (tag == FORMAT) {
        head = part;
      } else if (tag == DATA) {
        return samples(head, part, source);
      }
      // Parts of an odd size are followed by a byte without meaning.
      bytes.position((int) Math.min(bytes.limit(), bytes.position() + size + size % 2));
    }
    throw malformed(source, "it has no samples");
  }

  private static Wav samples(ByteBuffer head, ByteBuffer data, String source) {
    if (head == null || head.remaining() < FORMAT_BYTES) {
      throw malformed(source, "no format stands before the samples");
    }
    int tag = Short.toUnsignedInt(head.getShort(0));
    int channels = Short.toUnsignedInt(head.getShort(2));
    int sampleRate = head.getInt(4);
    int frameBytes = Short.toUnsignedInt(head.getShort(12));
    int bits = Short.toUnsignedInt(head.getShort(14));
    if (tag == EXTENSIBLE && head.remaining() >= EXTENSIBLE_BYTES) {
      tag = Short.toUnsignedInt(head.getShort(24));
    }
    SampleFormat format = SampleFormat.of(tag, bits);
    if (format == null) {
      throw malformed(
          source,
          "samples of format %d with %d bits are not read, only whole numbers of 16, 24 or 32 bits and floating-point ones of 32"
              .formatted(tag, bits));
    }
    if (channels < 1 || channels > MOST_CHANNELS || sampleRate < 1) {
      throw malformed(
          source, "it has %d channels and %d frames a second".formatted(channels, sampleRate));
    }
    if (frameBytes != channels * format.bytes() || data.remaining() % frameBytes != 0) {
      throw malformed(
          source,
          "%d bytes of samples are no frames of %d bytes, or those are no %d channels"
              .formatted(data.remaining(), frameBytes, channels));
    }
    float[] samples = new float[data.remaining() / format.bytes()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = format.read(data);
    }
    return new Wav(sampleRate, channels, format, samples);
  }

  private static MalformedFileException malformed(String source, String reason) {
    return new MalformedFileException("'%s' is no sound WAV file: %s.".formatted(source, reason));
  }

  /**
   * Writes a file; one that is there is overwritten.
   *
   * @param path the file
   * @throws FileAccessException if it cannot be written
   * @throws InvalidArgumentException if it would be larger than 2^31 bytes
   */
  public void write(Path path) {
    try {
      Files.write(path, toBytes());
    } catch (IOException unwritable) {
      throw new FileAccessException("The file '" + path + "' cannot be written.", unwritable);
    }
  }

  /**
   * Returns the content of a file.
   *
   * @return the bytes
   * @throws InvalidArgumentException if there would be more than 2^31 of them
   */
  public byte[] toBytes() {
    long size = (long) samples.length * format.bytes();
    if (size > Integer.MAX_VALUE - HEADER_BYTES - 1) {
      throw new InvalidArgumentException("A WAV file of %d bytes is too large.".formatted(size));
    }
    int padding = (int) (size % 2);
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + (int) size + padding);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(RIFF).putInt(bytes.capacity() - 8).putInt(WAVE);
    bytes.putInt(FORMAT).putInt(FORMAT_BYTES);
    bytes.putShort((short) format.tag()).putShort((short) channels);
    bytes.putInt(sampleRate).putInt(sampleRate * channels * format.bytes());
    bytes.putShort((short) (channels * format.bytes()));
    bytes.putShort((short) (format.bytes() * Byte.SIZE));
    bytes.putInt(DATA).putInt((int) size);
    for (float sample : samples) {
      format.write(sample, bytes);
    }
    return bytes.array();
  }

  private static int tag(String name) {
    return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }
}
