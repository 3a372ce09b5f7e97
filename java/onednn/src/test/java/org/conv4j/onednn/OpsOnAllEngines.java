package org.conv4j.onednn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.portable.JavaEngine;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.testkit.fuzz.FuzzCase;
import org.conv4j.testkit.fuzz.FuzzTarget;
import org.conv4j.testkit.fuzz.OpFuzzer;

/** Gives ops to all engines, most of them to oneDNN's. A case is its seed. */
public final class OpsOnAllEngines implements FuzzTarget {
  private final OpFuzzer fuzzer;

  /** For a process to make one. */
  public OpsOnAllEngines() {
    Engine onednn = Engines.byName(OneDnnEngine.NAME);
    Engine java = Engines.byName(JavaEngine.NAME);
    Engine reference = Engines.byName(ReferenceEngine.NAME);
    fuzzer = new OpFuzzer(List.of(onednn, onednn, java, reference), reference);
  }

  @Override
  public FuzzCase random(long seed) {
    return new SeededCase(seed);
  }

  @Override
  public FuzzCase read(Path file) throws IOException {
    return new SeededCase(Long.parseLong(Files.readString(file).strip()));
  }

  private final class SeededCase implements FuzzCase {
    private final long seed;

    SeededCase(long seed) {
      this.seed = seed;
    }

    @Override
    public void write(Path file) throws IOException {
      Files.writeString(file, seed + "\n");
    }

    @Override
    public String run(Path work) {
      String outcome = fuzzer.run(seed);
      int end = outcome.indexOf(':');
      return outcome.substring(0, end < 0 ? outcome.length() : end);
    }
  }
}
