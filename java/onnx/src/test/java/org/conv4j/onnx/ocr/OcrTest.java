package org.conv4j.onnx.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.conv4j.onnx.RealFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three lines of text that {@code render_lines.py} has rendered, right letter for letter. */
class OcrTest {
  @ParameterizedTest
  @ValueSource(strings = {"v3", "v4"})
  void renderedLinesAreReadLetterForLetter(String version) throws IOException {
    Path folder = RealFiles.folderWith("ch_PP-OCR" + version + "_det_infer.onnx");
    try (TextReader reader = new TextReader(folder, version);
        InputStream image = OcrTest.class.getResourceAsStream("lines.png")) {
      List<String> lines = reader.read(GrayImage.read(image));
      assertThat(lines)
          .containsExactly("Hello conv4j 2026", "Convolution networks", "Total: 42.50 EUR");
    }
  }
}
