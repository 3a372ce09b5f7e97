package org.conv4j.spark;

import java.util.Locale;

/** What becomes of rows without a valid input. */
enum InvalidRows {
  /** The task fails. */
  ERROR,
  /** They are left out. */
  SKIP,
  /** They stay, with null as output. */
  KEEP;

  static final Object[] NAMES = {"error", "skip", "keep"};

  static InvalidRows of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
