import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks a staged repository for what Maven Central requires of a release, and for what conv4j's
 * users rely on: {@code java CheckRelease.java REPOSITORY}.
 */
public final class CheckRelease {
  /** Each pom has these itself. */
  private static final List<String> OWN = List.of("artifactId", "name", "description");

  /** These a pom may also have from its parent. */
  private static final List<String> INHERITED =
      List.of(
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "scm/connection",
          "scm/developerConnection",
          "scm/url");

  private final Map<Path, Element> poms = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private CheckRelease() {}

  public static void main(String[] args) throws Exception {
    CheckRelease check = new CheckRelease();
    check.readPoms(Path.of(args[0]));
    for (Map.Entry<Path, Element> pom : check.poms.entrySet()) {
      check.checkPom(pom.getKey(), pom.getValue());
    }
    check.problems.forEach(System.out::println);
    System.out.printf("%d poms, %d problems%n", check.poms.size(), check.problems.size());
    System.exit(check.poms.isEmpty() || !check.problems.isEmpty() ? 1 : 0);
  }

  private void readPoms(Path repository) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(repository)) {
      files = all.filter(file -> file.toString().endsWith(".pom")).toList();
    }
    for (Path file : files) {
      poms.put(
          file,
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getDocumentElement());
    }
  }

  private void checkPom(Path file, Element pom) throws Exception {
    String name = file.getFileName().toString().replaceFirst("\\.pom$", "");
    Element parent = null;
    String parentName = text(pom, "parent/artifactId");
    if (parentName != null) {
      for (Element other : poms.values()) {
        parent = parentName.equals(text(other, "artifactId")) ? other : parent;
      }
      require(parent != null, name + ": its parent " + parentName + " is not staged");
    }
    for (String part : OWN) {
      require(text(pom, part) != null, name + ": no " + part);
    }
    for (String part : INHERITED) {
      boolean said = text(pom, part) != null || parent != null && text(parent, part) != null;
      require(said, name + ": no " + part);
    }
    String version = text(pom, "version");
    version = version == null ? text(pom, "parent/version") : version;
    require(!version.endsWith("SNAPSHOT"), name + ": its version is none of a release");
    if (!"pom".equals(text(pom, "packaging"))) {
      for (String part : List.of(".jar", "-sources.jar", "-javadoc.jar")) {
        require(Files.exists(file.resolveSibling(name + part)), name + part + " is missing");
      }
      checkJar(file.resolveSibling(name + ".jar"), version);
    }
  }

  private void checkJar(Path file, String version) throws Exception {
    try (JarFile jar = new JarFile(file.toFile())) {
      String name = file.getFileName().toString();
      Manifest manifest = jar.getManifest();
      require(jar.getEntry("META-INF/LICENSE") != null, name + ": no META-INF/LICENSE");
      require(
          version.equals(manifest.getMainAttributes().getValue("Implementation-Version")),
          name + ": its manifest does not tell its version");
      // The kit sees what no module exports: it works on the class path only.
      require(
          name.startsWith("conv4j-testkit-")
              || jar.getEntry("module-info.class") != null
              || manifest.getMainAttributes().getValue("Automatic-Module-Name") != null,
          name + ": it is no module");
    }
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      problems.add(problem);
    }
  }

  /** The text of an element below another one; null if there is none. */
  private static String text(Element element, String path) {
    Node node = element;
    for (String step : path.split("/")) {
      Node child = node.getFirstChild();
      while (child != null && !child.getNodeName().equals(step)) {
        child = child.getNextSibling();
      }
      if (child == null) {
        return null;
      }
      node = child;
    }
    return node.getTextContent().strip();
  }
}
