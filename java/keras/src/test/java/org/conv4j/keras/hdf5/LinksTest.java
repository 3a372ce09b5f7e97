package org.conv4j.keras.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.conv4j.error.MalformedFileException;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several paths to one object, and links that lead nowhere. */
class LinksTest {
  @ParameterizedTest
  @CsvSource({
    "absolute/kernel, real/kernel",
    "hard/kernel, real/kernel",
    "hard/inner/again, real/kernel",
    "absolute/relative, real/inner/bias",
    "real/relative, real/inner/bias",
    "real/dotted, real/inner/bias",
    "chain0, real/inner/bias",
    "chain13, real/inner/bias",
    "real/parent/real/parent/real/kernel, real/kernel"
  })
  void severalPathsLeadToOneArray(String path, String same) {
    for (String name : new String[] {"links-earliest.h5", "links-latest.h5"}) {
      Hdf5Group root = Hdf5Samples.open(name);
      try (Tensor found = root.dataset(path).read();
          Tensor wanted = root.dataset(same).read()) {
        assertThat(found.toFloatArray()).as(name).containsExactly(wanted.toFloatArray());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "circle, more than 16 links behind each other at '/",
    "ring, more than 16 links behind each other at '/",
    "self, more than 16 links behind each other at '/self'",
    "chain16, more than 16 links behind each other at '/",
    "dangling, a link at '/dangling' to '/real/none'",
    "through, a link at '/through' to '/real/kernel/more'",
    "external, a link at '/external' to another file"
  })
  void refusesLinksThatLeadNowhere(String path, String message) {
    for (String name : new String[] {"links-earliest.h5", "links-latest.h5"}) {
      Hdf5Group root = Hdf5Samples.open(name);
      assertThatThrownBy(() -> root.member(path))
          .as(name)
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining(message);
    }
  }

  /** A group in a circle has no end, but its reader has. */
  @ParameterizedTest
  @ValueSource(strings = {"links-earliest.h5", "links-latest.h5"})
  void walkingInACircleEnds(String name) {
    Hdf5Group root = Hdf5Samples.open(name);
    assertThatThrownBy(() -> walk(root))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("circle");
  }

  private static void walk(Hdf5Group group) {
    for (String name : new String[] {"real", "hard"}) {
      if (group.has(name) && group.member(name) instanceof Hdf5Group next) {
        walk(next);
      }
    }
    if (group.has("parent")) {
      walk(group.group("parent"));
    }
  }
}
