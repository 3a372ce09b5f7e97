package org.conv4j.testkit.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The Java that a page of the documentation shows. */
public final class Snippets {
  private static final String BEGIN = "```java";
  private static final String END = "```";

  private final Path page;
  private final List<String> blocks = new ArrayList<>();

  private Snippets(Path page) {
    this.page = page;
  }

  /**
   * Reads a page.
   *
   * @param page a Markdown file
   * @return its blocks of Java, in their order
   */
  public static Snippets of(Path page) {
    Snippets snippets = new Snippets(page);
    StringBuilder block = null;
    try {
      for (String line : Files.readAllLines(page)) {
        if (line.strip().equals(BEGIN)) {
          block = new StringBuilder();
        } else if (block != null && line.strip().equals(END)) {
          snippets.blocks.add(block.toString());
          block = null;
        } else if (block != null) {
          block.append(line).append('\n');
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return snippets;
  }

  /**
   * Returns how many blocks there are.
   *
   * @return their number
   */
  public int count() {
    return blocks.size();
  }

  /**
   * Returns a block as it stands.
   *
   * @param index which one, from 0
   * @return its text
   */
  public String block(int index) {
    return blocks.get(index);
  }

  /**
   * Compiles a block that is a whole file, against the class path of this process.
   *
   * @param index which one, from 0
   * @param classes a folder for the classes
   * @throws AssertionError with the compiler's messages, if it does not compile
   */
  public void compileFile(int index, Path classes) {
    compile(index, blocks.get(index), classes);
  }

  /**
   * Compiles a block as the body of a method.
   *
   * @param index which one, from 0
   * @param classes a folder for the classes
   * @param parameters what the text around it has introduced, for example {@code Tensor image}
   * @param imports packages or classes, for example {@code org.conv4j.tensor.*}
   * @throws AssertionError with the compiler's messages, if it does not compile
   */
  public void compileBody(int index, Path classes, String parameters, String... imports) {
    StringBuilder source = new StringBuilder();
    for (String name : imports) {
      source.append("import ").append(name).append(";\n");
    }
    source.append("class Snippet { void run(").append(parameters).append(") throws Exception {\n");
    source.append(blocks.get(index)).append("}}\n");
    compile(index, source.toString(), classes);
  }

  private void compile(int index, String source, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
    JavaFileObject file = new Source(name(source), source);
    if (!compiler.getTask(messages, null, null, options, null, List.of(file)).call()) {
      throw new AssertionError(
          "%s, block %d does not compile:\n%s".formatted(page, index + 1, messages));
    }
  }

  private static String name(String source) {
    int at = source.indexOf("public class ");
    return at < 0 ? "Snippet" : source.substring(at + "public class ".length()).split("\\W")[0];
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
