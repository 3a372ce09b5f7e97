package org.conv4j.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.MalformedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WavTest {
  /** Multiples of 2^-15, which every format holds. */
  private static final float[] SAMPLES = {0, 0.5f, -1, 0.25f, -0.125f, 0x1p-15f};

  private static Wav wav(SampleFormat format) {
    return new Wav(48_000, 2, format, SAMPLES);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(SampleFormat format, @TempDir Path folder) {
    Path file = folder.resolve("sound.wav");
    wav(format).write(file);
    Wav read = Wav.read(file);
    assertThat(read.samples()).containsExactly(SAMPLES);
    assertThat(read.format()).isEqualTo(format);
    assertThat(read.sampleRate()).isEqualTo(48_000);
    assertThat(read.channels()).isEqualTo(2);
    assertThat(read.frames()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void theJdkReadsTheSame(SampleFormat format) throws IOException, UnsupportedAudioFileException {
    byte[] content = wav(format).toBytes();
    try (AudioInputStream stream =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(content))) {
      assertThat(stream.getFrameLength()).isEqualTo(3);
      assertThat(stream.getFormat().getChannels()).isEqualTo(2);
      assertThat(stream.getFormat().getSampleRate()).isEqualTo(48_000);
      assertThat(stream.getFormat().getSampleSizeInBits()).isEqualTo(format.bytes() * 8);
    }
  }

  @Test
  void wholeNumbersAreRoundedAndClipped() {
    float[] loud = {2, -2, Float.NaN, 0.6f * 0x1p-15f, Float.POSITIVE_INFINITY};
    Wav read = Wav.read(new Wav(8000, 1, SampleFormat.INT16, loud).toBytes(), "loud");
    assertThat(read.samples()).containsExactly(1 - 0x1p-15f, -1, 0, 0x1p-15f, 1 - 0x1p-15f);
  }

  @Test
  void otherPartsAreSkippedAndExtensibleFormatsRead() {
    byte[] plain = wav(SampleFormat.INT24).toBytes();
    ByteBuffer bytes = ByteBuffer.allocate(plain.length + 36).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(plain, 0, 12);
    bytes.putInt(0x5453494c).putInt(3).put(new byte[4]);
    bytes.put(plain, 12, 4).putInt(40).putShort((short) 0xfffe).put(plain, 22, 14);
    bytes.put(new byte[8]).put(plain, 20, 2).put(new byte[14]);
    bytes.put(plain, 36, plain.length - 36);
    assertThat(Wav.read(bytes.array(), "extensible").samples()).containsExactly(SAMPLES);
  }

  @Test
  void absurdHeadersAreRefused() {
    byte[] good = wav(SampleFormat.INT16).toBytes();
    assertThatThrownBy(() -> Wav.read(changed(good, 22, 0), "file"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("0 channels");
    assertThatThrownBy(() -> Wav.read(changed(good, 34, 12), "file"))
        .hasMessageContaining("12 bits");
    assertThatThrownBy(() -> Wav.read(changed(good, 32, 7), "file"))
        .hasMessageContaining("frames of 7 bytes");
    assertThatThrownBy(() -> Wav.read(changed(good, 40, 0xff), "file"))
        .hasMessageContaining("a part of 255 bytes is announced where 12 follow");
    assertThatThrownBy(() -> Wav.read(new byte[100], "file")).hasMessageContaining("RIFF");
    assertThatThrownBy(() -> Wav.read(Path.of("missing.wav")))
        .isInstanceOf(FileAccessException.class);
    assertThatThrownBy(() -> new Wav(8000, 2, SampleFormat.INT16, new float[3]))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void noBytesDoWorseThanBeingRefused() {
    Random random = new Random(1);
    byte[] good = wav(SampleFormat.INT16).toBytes();
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int j = 0; bad.length > 0 && j < 3; j++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        Wav.read(bad, "file");
      } catch (Conv4jException refused) {
        assertThat(refused).hasMessageStartingWith("'file'");
      }
    }
  }

  private static byte[] changed(byte[] bytes, int at, int value) {
    byte[] copy = bytes.clone();
    copy[at] = (byte) value;
    return copy;
  }
}
