package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conv4j.file.ModelReader;
import org.conv4j.npy.Npy;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An importer that is put on the class path works in every command. */
class OtherImporterTest {
  @TempDir private Path folder;

  private Path model;
  private ClassLoader before;

  @BeforeEach
  void putOnTheClassPath() throws IOException {
    model = Files.writeString(folder.resolve("three.toy"), "TOY3");
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(ModelReader.class.getName()), ToyReader.class.getName());
    before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread()
        .setContextClassLoader(
            new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, ToyReader.class.getClassLoader()));
  }

  @AfterEach
  void takeAway() throws IOException {
    ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void runComputesItsModels() {
    Path input = folder.resolve("x.npy");
    Path output = folder.resolve("y.npy");
    try (Tensor tensor = Tensor.of(Shape.of(1, 2), 5f, 7f)) {
      Npy.write(input, tensor);
    }

    CommandResult.of("run", model, "--input", "number=" + input, "--output", "product=" + output)
        .assertSucceeded();

    try (Tensor tensor = Npy.read(output)) {
      assertThat(tensor.toFloatArray()).containsExactly(15, 21);
    }
  }

  @Test
  void inspectListsItsLayers() {
    JsonNode json = CommandResult.of("inspect", model, "--json").json();

    assertThat(json.path("format").asText()).isEqualTo("TOY");
    assertThat(json.path("layers").path(0).path("class_name").asText()).isEqualTo("Times");
    assertThat(CommandResult.of("inspect", model).out().get(1)).contains("times", "(None, 2)");
  }

  @Test
  void explainAndVerifyKnowThem() {
    assertThat(CommandResult.of("explain", model, "--json").json().path("steps")).isNotEmpty();
    assertThat(
            CommandResult.of("verify", model, "--json").json().path("first_that_differs").isNull())
        .isTrue();
  }

  @Test
  void kerasIsStillKnown() {
    CommandResult.of("inspect", SmallModels.path("autoencoder.keras")).assertSucceeded();
  }

  @Test
  void whatNobodyKnowsIsRefusedWithAllFormats() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "?");

    CommandResult.of("inspect", other)
        .assertRefused("other", "TOY (.toy)", "Keras", "TensorFlow.js");
  }
}
