package org.conv4j.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.conv4j.error.ShapeMismatchException;
import org.junit.jupiter.api.Test;

class ExtentsTest {
  private static final long OPEN = Shape.UNKNOWN;

  @Test
  void whatIsComputedFromAnUnknownExtentIsUnknown() {
    assertThat(Extents.sum(3, OPEN)).isEqualTo(OPEN);
    assertThat(Extents.changed(OPEN, -5)).isEqualTo(OPEN);
    assertThat(Extents.product(OPEN, 7)).isEqualTo(OPEN);
    assertThat(Extents.product(Shape.open(OPEN, 2, 3), 0, 3)).isEqualTo(OPEN);
    assertThat(Extents.product(Shape.open(OPEN, 2, 3), 1, 3)).isEqualTo(6);
  }

  @Test
  void nothingThatIsComputedLooksUnknown() {
    assertThat(Extents.changed(4, -5)).isZero();
    assertThat(Extents.changed(4, -4)).isZero();
    assertThat(Extents.changed(4, -3)).isEqualTo(1);
  }

  @Test
  void extentsThatMustBeEqualTellAboutEachOther() {
    assertThat(Extents.differ(3, OPEN)).isFalse();
    assertThat(Extents.differ(3, 4)).isTrue();
    assertThat(Extents.agreed(OPEN, 4)).isEqualTo(4);
    assertThat(Extents.agreed(4, OPEN)).isEqualTo(4);
    assertThat(Extents.agreed(OPEN, OPEN)).isEqualTo(OPEN);
  }

  @Test
  void anUnknownExtentBesideALargeOneIsThatOrOne() {
    assertThat(Extents.broadcast(5, OPEN)).isEqualTo(5);
    assertThat(Extents.broadcast(OPEN, 5)).isEqualTo(5);
    assertThat(Extents.broadcast(OPEN, 1)).isEqualTo(OPEN);
    assertThat(Extents.broadcast(1, OPEN)).isEqualTo(OPEN);
    assertThat(Extents.broadcast(1, 5)).isEqualTo(5);
    assertThat(Extents.clash(OPEN, 5)).isFalse();
    assertThat(Extents.clash(4, 5)).isTrue();
    assertThat(Extents.clash(4, 1)).isFalse();
  }

  @Test
  void numbersThatOverflowAreRefused() {
    assertThatThrownBy(() -> Extents.product(Long.MAX_VALUE, 2))
        .isInstanceOf(ShapeMismatchException.class);
    assertThatThrownBy(() -> Extents.sum(Long.MAX_VALUE, 2))
        .isInstanceOf(ShapeMismatchException.class);
  }
}
