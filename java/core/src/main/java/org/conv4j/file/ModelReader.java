package org.conv4j.file;

import org.conv4j.limit.Limits;

/**
 * An importer: reads models in the formats that it knows. {@link Models} finds importers with
 * {@link java.util.ServiceLoader}: a jar names its own in {@code
 * META-INF/services/org.conv4j.file.ModelReader}. Implementations have a public constructor without
 * arguments, are cheap to create, trust no file, and are safe for any thread.
 */
public interface ModelReader {
  /**
   * Returns the formats that this reads, for messages.
   *
   * @return for example {@code ONNX (.onnx)}
   */
  String formats();

  /**
   * Returns whether something is in one of this importer's formats, as far as its first bytes, or
   * the names in a folder, tell. Called for everything that is loaded, so it must be quick; what is
   * damaged further on is accepted here, for {@link #read} to say what is wrong.
   *
   * @param source what is to be loaded; there is a file or folder if it has a path
   * @return true if this importer, and no other, should read it
   * @throws org.conv4j.error.Conv4jException if it cannot be read
   */
  boolean accepts(ModelSource source);

  /**
   * Reads a model that was {@linkplain #accepts accepted}.
   *
   * @param source what to load; it is closed afterwards, so that the model opens itself what it
   *     keeps open
   * @param limits how much the model may take while it is loaded
   * @return the model, which the caller closes
   * @throws org.conv4j.error.Conv4jException if it is no sound model, cannot be run or takes more
   *     than a limit allows; nothing stays open then
   */
  LoadedModel read(ModelSource source, Limits limits);
}
