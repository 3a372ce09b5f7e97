package org.conv4j.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Finds out the version of a library that does not tell itself, from what Maven put in its jar. */
public final class MavenVersion {
  private MavenVersion() {}

  public static String of(String groupId, String artifactId) {
    String file = "/META-INF/maven/" + groupId + "/" + artifactId + "/pom.properties";
    try (InputStream in = MavenVersion.class.getResourceAsStream(file)) {
      if (in == null) {
        return "unknown";
      }
      Properties built = new Properties();
      built.load(in);
      return built.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
