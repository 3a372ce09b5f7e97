package org.conv4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.conv4j.dl4j.example.FasterLeNet;
import org.junit.jupiter.api.Test;

class ExampleTest {
  @Test
  void bothSayTheSame() {
    assertThat(FasterLeNet.difference()).isLessThan(1e-5);
  }
}
