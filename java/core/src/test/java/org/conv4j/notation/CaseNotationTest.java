package org.conv4j.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.conv4j.error.MalformedCaseException;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaseNotationTest {
  @Test
  void readsAnImageConvolution() {
    BenchCase read = parse("--conv g4mb2ic8ih9iw7oc12oh4ow7kh3kw1sh2sw1ph0dh0n\"net:layer\"");
    Convolution op = (Convolution) read.ops().get(0);
    assertThat(read.name()).isEqualTo("net:layer");
    assertThat(op.input()).isEqualTo(Shape.of(2, 9, 7, 8));
    assertThat(op.output()).isEqualTo(Shape.of(2, 4, 7, 12));
    assertThat(op.groups()).isEqualTo(4);
    assertThat(op.window())
        .isEqualTo(
            new Window(
                IntTuple.of(3, 1),
                IntTuple.of(2, 1),
                IntTuple.of(1, 1),
                IntTuple.of(0, 0),
                IntTuple.of(0, 0)));
  }

  @Test
  void anAxisThatIsLeftOutTakesTheValueOfTheOneBeforeIt() {
    Convolution op = (Convolution) parse("--conv mb1ic1id8oc1od8kd3pd1").ops().get(0);
    assertThat(op.input()).isEqualTo(Shape.of(1, 8, 8, 8, 1));
    assertThat(op.window().kernel()).isEqualTo(IntTuple.of(3, 3, 3));
    assertThat(op.window().padBegin()).isEqualTo(IntTuple.of(1, 1, 1));
  }

  @Test
  void endPaddingFollowsFromTheSizes() {
    assertThat(window("--conv mb1ic1ih224oc1oh112kh3sh2").padEnd()).isEqualTo(IntTuple.of(1, 1));
    assertThat(window("--conv mb1ic1ih6oc1oh3kh1sh2").padEnd()).isEqualTo(IntTuple.of(-1, -1));
    assertThat(window("--conv mb1ic1iw9oc1ow9kw3pw4dw1").padEnd()).isEqualTo(IntTuple.of(0));
  }

  @Test
  void dilationIsCountedFromZero() {
    assertThat(window("--conv mb1ic1iw9oc1ow9kw3pw4dw1").dilation()).isEqualTo(IntTuple.of(2));
  }

  @Test
  void readsATransposedConvolution() {
    Deconvolution op = (Deconvolution) parse("--deconv mb1ic64ih28oc32oh56kh4sh2ph1").ops().get(0);
    assertThat(op.output()).isEqualTo(Shape.of(1, 56, 56, 32));
    assertThat(op.window().padBegin()).isEqualTo(IntTuple.of(1, 1));
    assertThat(op.window().padEnd()).isEqualTo(IntTuple.of(1, 1));
  }

  @Test
  void onlyTheLastPartHasABias() {
    BenchCase separable =
        parse("--conv g8mb1ic8ih4oc8oh4kh3ph1 + --conv mb1ic8ih4oc5oh4kh1n\"two\"");
    assertThat(separable.ops().stream().map(Op::constants).toList())
        .isEqualTo(
            List.of(List.of(Shape.of(3, 3, 1, 8)), List.of(Shape.of(1, 1, 8, 5), Shape.of(5))));
    assertThat(separable.flops()).isEqualTo(2 * 16 * (8 * 9 + 8 * 5));
  }

  @Test
  void aTransposedKernelHasItsFiltersFirst() {
    assertThat(parse("--deconv mb1ic2iw4oc3ow8kw2sw2").ops().get(0).constants())
        .isEqualTo(List.of(Shape.of(2, 3, 2), Shape.of(3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--conv mb1ic64ih56oc64oh56kh3ph1n\"resnet50:conv2_x\"",
        "--conv g4mb2ic8ih9iw7oc12oh4ow7kh3kw1sh2sw1n\"layer\"",
        "--conv mb1ic8id32ih56oc8od32oh56kd1kh3ph1n\"slowfast\"",
        "--conv mb1ic1ih64iw128oc8oh64ow128kh1kw64pw31n\"eegnet\"",
        "--deconv mb1ic128iw1024oc64ow4096kw25sw4pw10n\"wavegan\"",
        "--conv g8mb1ic8ih4oc8oh4kh3ph1 + --conv mb1ic8ih4oc5oh4kh1n\"two\"",
        "--conv mb1ic1iw5oc1ow5kw1"
      })
  void writesWhatItRead(String line) {
    assertThat(CaseNotation.format(parse(line))).isEqualTo(line);
  }

  @Test
  void aCaseWithoutANameIsCalledByItsNotation() {
    assertThat(parse("--conv mb1ic1ih5iw5oc1oh5kh1").name()).isEqualTo("--conv mb1ic1ih5oc1oh5kh1");
  }

  @Test
  void skipsCommentsAndEmptyLines() {
    assertThat(CaseNotation.read("f", List.of("# a comment", "", "--conv mb1ic1iw5oc1ow5kw1")))
        .hasSize(1)
        .allSatisfy(read -> assertThat(read.family()).isEqualTo("f"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--conv mb1ic1iw5oc1ow5 | 'kw' is missing",
        "--conv ic1iw5oc1ow5kw1 | 'mb' is missing",
        "--conv mb1ic1oc1ow5kw1 | 'iw', 'ih' or 'id' is missing",
        "--conv mb1ic1iw5oc1ow5kw1sh2 | 'sh' is given without 'ih'",
        "--conv mb1ic1iw5oc1ow5kw0 | 'kw' must be at least 1; given 0",
        "--conv mb1ic1iw5oc1ow5kw1kw1 | 'kw' is given twice",
        "--conv mb1ic1iw5oc1ow5kw9999999999 | 'kw' must be below 10^9",
        "--conv mb1ic1iw5oc1ow5kq1 | 'kq' is not a quantity",
        "--conv mb1ic1iw5oc1ow5kw1* | '*' is neither a number nor a name",
        "--conv mb1ic1iw5oc1ow9kw3 | does not lead from 5 to 9",
        "--conv mb1ic1iw5oc1ow2kw3 | does not lead from 5 to 2",
        "--conv g2mb1ic3iw5oc4ow5kw1 | 'g' must divide",
        "--deconv g2mb1ic4iw5oc4ow5kw1 | have no groups",
        "mb1ic1iw5oc1ow5kw1 | must start with '--conv'",
        "--conv mb1ic1iw5oc2ow5kw1n\"a\" + --conv mb1ic2iw5oc1ow5kw1 | the name belongs",
        "--conv mb1ic1iw5oc2ow5kw1 + --conv mb1ic3iw5oc1ow5kw1 | it must read (1, 5, 2)",
      })
  void saysWhatIsWrongWithALine(String line, String problem) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(MalformedCaseException.class)
        .hasMessageContaining(problem);
  }

  private static Window window(String line) {
    return ((Convolution) parse(line).ops().get(0)).window();
  }

  private static BenchCase parse(String line) {
    return CaseNotation.parse("family", line);
  }
}
