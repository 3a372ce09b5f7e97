package org.conv4j.stream;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.tensor.Tensor;

/**
 * The state of a stream in bytes, big-endian: a mark, the version, the fingerprint of the network,
 * the frames of the signal so far, the elements of each history, and a sum over all of it.
 */
final class Snapshot {
  private static final int MARK = 0x63346a53; // c4jS
  private static final int VERSION = 1;
  private static final int HEADER = 2 * Integer.BYTES + 2 * Long.BYTES;
  private static final int SUM = Long.BYTES;

  private Snapshot() {}

  static byte[] write(StreamPlan plan, long position, Tensor[] histories) {
    ByteBuffer bytes = ByteBuffer.allocate(size(plan));
    bytes.putInt(MARK).putInt(VERSION).putLong(plan.fingerprint()).putLong(position);
    for (Tensor history : histories) {
      history.copyTo(bytes);
    }
    bytes.putLong(sum(bytes.array()));
    return bytes.array();
  }

  /** Overwrites the histories; returns the position. */
  static long read(byte[] snapshot, StreamPlan plan, Tensor[] histories) {
    InvalidArgumentException.requirePresent(snapshot, "The snapshot of a stream");
    ByteBuffer bytes = ByteBuffer.wrap(snapshot);
    if (snapshot.length < HEADER + SUM || bytes.getInt() != MARK) {
      throw new MalformedFileException("This is no snapshot of a stream.");
    }
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new MalformedFileException(
          "The snapshot has version %d; this program reads version %d."
              .formatted(version, VERSION));
    }
    if (bytes.getLong() != plan.fingerprint()) {
      throw new MalformedFileException("The snapshot is of another model or data type.");
    }
    if (snapshot.length != size(plan)) {
      throw new MalformedFileException(
          "The snapshot must have %d bytes; given %d.".formatted(size(plan), snapshot.length));
    }
    long position = bytes.getLong();
    if (position < 0 || sum(snapshot) != bytes.getLong(snapshot.length - SUM)) {
      throw new MalformedFileException("The snapshot is damaged: its sum does not fit.");
    }
    for (Tensor history : histories) {
      history.copyFrom(bytes);
    }
    return position;
  }

  private static int size(StreamPlan plan) {
    return Math.toIntExact(HEADER + plan.stateBytes() + SUM);
  }

  private static long sum(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, bytes.length - SUM);
    return sum.getValue();
  }
}
