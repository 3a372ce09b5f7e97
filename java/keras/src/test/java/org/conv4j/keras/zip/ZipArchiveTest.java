package org.conv4j.keras.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.error.MalformedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipArchiveTest {
  private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);
  private static final int LIMIT = 1 << 20;

  @Test
  void readsAStoredEntryInPlace() throws IOException {
    byte[] archive = stored("folder/entry", CONTENT);
    Bytes content = open(archive).entry("folder/entry").content(0);
    assertThat(content.read(0, (int) content.size())).isEqualTo(CONTENT);
    assertThat(content.source()).isEqualTo("sample[folder/entry]");
  }

  @Test
  void inflatesADeflatedEntry() throws IOException {
    byte[] large = new byte[300_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * i >> 7);
    }
    Bytes content = open(deflated("entry", large)).entry("entry").content(LIMIT);
    assertThat(content.read(0, (int) content.size())).isEqualTo(large);
  }

  @Test
  void readsEmptyEntriesAndSkipsFolders() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new java.util.zip.ZipEntry("folder/"));
      zip.putNextEntry(new java.util.zip.ZipEntry("empty"));
    }
    ZipArchive archive = open(bytes.toByteArray());
    assertThat(archive.names()).containsExactly("empty");
    assertThat(archive.entry("empty").content(LIMIT).size()).isZero();
  }

  @Test
  void readsSizesOf64Bits() throws IOException {
    byte[] archive = stored("entry", CONTENT);
    ByteBuffer old = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int end = archive.length - 22;
    int start = old.getInt(end + 16);
    int entryBytes = end - start;
    ByteBuffer wide =
        ByteBuffer.allocate(archive.length + 28 + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
    wide.put(archive, 0, end);
    wide.putInt(start + 20, -1).putInt(start + 24, -1).putInt(start + 42, -1);
    wide.putShort(start + 30, (short) 28);
    wide.putShort((short) 1).putShort((short) 24);
    wide.putLong(CONTENT.length).putLong(CONTENT.length).putLong(0);
    int record = wide.position();
    wide.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putLong(0);
    wide.putLong(1).putLong(1).putLong(entryBytes + 28).putLong(start);
    wide.putInt(0x07064b50).putInt(0).putLong(record).putInt(1);
    wide.put(archive, end, 8).putShort((short) -1).putShort((short) -1).putInt(-1).putInt(-1);
    wide.putShort((short) 0);
    Bytes content = open(wide.array()).entry("entry").content(0);
    assertThat(content.read(0, (int) content.size())).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escape", "/absolute", "a/../../b", "a\\b", "..", "nul\0byte"})
  void refusesNamesThatLeaveTheArchive(String name) throws IOException {
    byte[] archive = stored(name, CONTENT);
    refused(() -> open(archive), "whose name leaves the archive");
  }

  @Test
  void refusesTwoEntriesOfOneName() throws IOException {
    byte[] archive = replace(stored("entry1", CONTENT, "entry2", CONTENT), "entry2", "entry1");
    refused(() -> open(archive), "two entries 'entry1'");
  }

  @Test
  void refusesContentThatDoesNotMatchItsChecksum() throws IOException {
    byte[] archive = replace(stored("entry", CONTENT), "some", "same");
    refused(() -> open(archive).entry("entry").content(0), "checksum");
  }

  @Test
  void refusesToInflateMoreThanAllowed() throws IOException {
    byte[] bomb = deflated("entry", new byte[8 * LIMIT]);
    assertThat(bomb.length).isLessThan(LIMIT / 10);
    refused(() -> open(bomb).entry("entry").content(LIMIT), "would take 8388608 bytes of memory");
  }

  @Test
  void refusesAnEntryThatInflatesToMoreThanItSays() throws IOException {
    byte[] bomb = deflated("entry", new byte[8 * LIMIT]);
    ByteBuffer little = ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN);
    little.putInt(directory(bomb) + 24, 1000);
    refused(() -> open(bomb).entry("entry").content(LIMIT), "longer than announced");
  }

  @Test
  void refusesAnEntryThatSaysMoreThanItCanInflateTo() throws IOException {
    byte[] archive = deflated("entry", CONTENT);
    ByteBuffer little = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    little.putInt(directory(archive) + 24, LIMIT);
    refused(() -> open(archive).entry("entry").content(LIMIT), "more than its data can inflate to");
  }

  @Test
  void refusesEncryptedAndOddlyCompressedEntries() throws IOException {
    byte[] encrypted = stored("entry", CONTENT);
    encrypted[directory(encrypted) + 8] |= 1;
    refused(() -> open(encrypted), "encrypted entry 'entry'");
    byte[] odd = stored("entry", CONTENT);
    odd[directory(odd) + 10] = 12;
    refused(() -> open(odd).entry("entry").content(LIMIT), "unsupported method 12");
  }

  @Test
  void refusesAnEntryOutsideTheArchive() throws IOException {
    byte[] archive = stored("entry", CONTENT);
    ByteBuffer little = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int entry = directory(archive);
    little.putInt(entry + 20, 1 << 30).putInt(entry + 24, 1 << 30);
    refused(() -> open(archive).entry("entry").content(LIMIT), "truncated or damaged");
  }

  @Test
  void namesAMissingEntry() throws IOException {
    byte[] archive = stored("entry", CONTENT);
    refused(() -> open(archive).entry("other"), "sample has no entry 'other'.");
  }

  private static ZipArchive open(byte[] archive) {
    return ZipArchive.open(new MemoryBytes(archive, "sample"));
  }

  private static void refused(ThrowingCallable action, String message) {
    assertThatThrownBy(action)
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(message);
  }

  private static int directory(byte[] archive) {
    return ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).getInt(archive.length - 22 + 16);
  }

  private static byte[] stored(Object... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        byte[] content = (byte[]) namesAndContents[i + 1];
        java.util.zip.ZipEntry entry = new java.util.zip.ZipEntry((String) namesAndContents[i]);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(java.util.zip.ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] deflated(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new java.util.zip.ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] replace(byte[] archive, String old, String with) {
    String text = new String(archive, StandardCharsets.ISO_8859_1);
    return text.replace(old, with).getBytes(StandardCharsets.ISO_8859_1);
  }
}
