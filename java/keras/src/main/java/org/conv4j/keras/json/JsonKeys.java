package org.conv4j.keras.json;

import org.conv4j.bytes.Bytes;

/** Looks for the names of a JSON object's own fields in its first bytes, to tell what it is. */
public final class JsonKeys {
  /** A document says what it is before it lists its weights. */
  private static final int MOST_BYTES = 64 << 10;

  private JsonKeys() {}

  /** Returns whether a field is named so, as far as the first bytes tell. */
  public static boolean has(Bytes document, String name) {
    byte[] start = document.read(0, (int) Math.min(document.size(), MOST_BYTES));
    int depth = 0;
    for (int at = 0; at < start.length; at++) {
      switch (start[at]) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> {
          int end = end(start, at + 1);
          if (depth == 1 && is(start, at + 1, end, name) && isKey(start, end + 1)) {
            return true;
          }
          at = end;
        }
        default -> {}
      }
    }
    return false;
  }

  /** Where a text ends. */
  private static int end(byte[] json, int begin) {
    int at = begin;
    while (at < json.length && json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  private static boolean is(byte[] json, int begin, int end, String name) {
    if (end - begin != name.length() || end > json.length) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (json[begin + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKey(byte[] json, int begin) {
    int at = begin;
    while (at < json.length && json[at] <= ' ') {
      at++;
    }
    return at < json.length && json[at] == ':';
  }
}
