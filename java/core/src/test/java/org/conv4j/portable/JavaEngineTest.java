package org.conv4j.portable;

import static org.assertj.core.api.Assertions.assertThat;

import org.conv4j.engine.Engines;
import org.conv4j.tensor.DataType;
import org.junit.jupiter.api.Test;

class JavaEngineTest {
  @Test
  void isFoundByItsName() {
    assertThat(Engines.byName("java")).isInstanceOf(JavaEngine.class);
  }

  @Test
  void isPreferredToTheReference() {
    assertThat(Engines.best(DataType.FLOAT64)).isInstanceOf(JavaEngine.class);
  }
}
