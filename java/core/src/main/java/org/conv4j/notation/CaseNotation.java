package org.conv4j.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.conv4j.activation.Activation;
import org.conv4j.error.MalformedCaseException;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.op.OpVisitor;
import org.conv4j.op.SimpleOpVisitor;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * Reads and writes cases in benchdnn's notation: {@code --conv} or {@code --deconv}, a descriptor,
 * a name.
 *
 * <pre>
 * --conv mb1ic64ih56oc64oh56kh3ph1n"resnet50:conv2_x"
 * --conv g32mb1ic32ih112oc32oh112kh3ph1 + --conv mb1ic32ih112oc64oh112kh1n"mobilenet_v1:block1"
 * </pre>
 *
 * <p>Quantities are {@code g}roups, {@code mb} (the batch), channels {@code ic} and {@code oc}
 * (totals, not per group), and on the axes {@code d}, {@code h}, {@code w}: {@code i}nput, {@code
 * o}utput, {@code k}ernel, {@code s}tride (1), begin {@code p}adding (0) and {@code d}ilation
 * (zero-based: 0 is an ordinary kernel). The end padding follows from the sizes.
 */
public final class CaseNotation {
  private static final String CONVOLUTION = "--conv ";
  private static final String DECONVOLUTION = "--deconv ";
  private static final String THEN = " + ";

  private static final OpVisitor<String> PROBLEM =
      new SimpleOpVisitor<>() {
        @Override
        public String visit(Convolution op) {
          return CONVOLUTION + format(op, op.window(), op.groups());
        }

        @Override
        public String visit(Deconvolution op) {
          return DECONVOLUTION + format(op, op.window(), 1);
        }

        @Override
        protected String other(Op op) {
          throw new MalformedCaseException(
              "The notation is for convolutions and transposed ones; given " + op + ".");
        }
      };

  private CaseNotation() {}

  /**
   * Reads the cases of a file.
   *
   * @param family the family that they belong to
   * @param lines its lines; empty ones and those that start with {@code #} are skipped
   * @return the cases in order
   * @throws MalformedCaseException if a line is malformed
   */
  public static List<BenchCase> read(String family, List<String> lines) {
    return lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> parse(family, line))
        .toList();
  }

  /**
   * Reads one case.
   *
   * @param family the family that it belongs to
   * @param line the case in this notation
   * @return the case; one without a name is called by its notation
   * @throws MalformedCaseException if it is malformed or its sizes contradict each other
   */
  public static BenchCase parse(String family, String line) {
    String[] problems = line.strip().split(Pattern.quote(THEN));
    List<Op> ops = new ArrayList<>();
    String name = "";
    for (int i = 0; i < problems.length; i++) {
      boolean last = i == problems.length - 1;
      String problem = problems[i].strip();
      boolean transposed = problem.startsWith(DECONVOLUTION);
      if (!transposed && !problem.startsWith(CONVOLUTION)) {
        throw new MalformedCaseException(
            "The case '" + problem + "': it must start with '--conv' or '--deconv'.");
      }
      String numbers = problem.substring((transposed ? DECONVOLUTION : CONVOLUTION).length());
      Descriptor descriptor = new Descriptor(numbers.strip());
      if (!last && !descriptor.name().isEmpty()) {
        throw descriptor.malformed("the name belongs to the last part");
      }
      name = descriptor.name();
      ops.add(transposed ? deconvolution(descriptor, last) : convolution(descriptor, last));
      if (i > 0 && !ops.get(i - 1).output().equals(ops.get(i).input())) {
        throw descriptor.malformed(
            "it must read " + ops.get(i - 1).output() + ", which the part before it writes");
      }
    }
    BenchCase unnamed = new BenchCase(family, "", ops);
    return new BenchCase(family, name.isEmpty() ? format(unnamed) : name, ops);
  }

  /**
   * Writes a case. Reading the result gives the same case.
   *
   * @param benchCase the case
   * @return one line
   * @throws MalformedCaseException if an op is neither a convolution nor a transposed one
   */
  public static String format(BenchCase benchCase) {
    StringBuilder line = new StringBuilder();
    for (Op op : benchCase.ops()) {
      line.append(line.length() == 0 ? "" : THEN);
      line.append(op.accept(PROBLEM));
    }
    String name = benchCase.name();
    boolean named = !name.isEmpty() && !name.contentEquals(line);
    return named ? line + "n\"" + name + "\"" : line.toString();
  }

  private static Op convolution(Descriptor descriptor, boolean bias) {
    Shape input = shape(descriptor, "i");
    Shape output = shape(descriptor, "o");
    int groups = descriptor.scalar("g", 1);
    if (input.dim(-1) % groups != 0 || output.dim(-1) % groups != 0) {
      throw descriptor.malformed("'g' must divide 'ic' and 'oc'");
    }
    Window window = window(descriptor, input, output, false);
    return new Convolution(input, output, window, groups, bias, Activation.LINEAR);
  }

  private static Op deconvolution(Descriptor descriptor, boolean bias) {
    Shape input = shape(descriptor, "i");
    Shape output = shape(descriptor, "o");
    if (descriptor.scalar("g", 1) != 1) {
      throw descriptor.malformed("transposed convolutions have no groups");
    }
    Window window = window(descriptor, input, output, true);
    return new Deconvolution(input, output, window, bias, Activation.LINEAR);
  }

  private static Shape shape(Descriptor descriptor, String side) {
    IntTuple sizes = descriptor.sizes(side);
    long[] dims = new long[sizes.size() + 2];
    dims[0] = descriptor.scalar("mb");
    for (int i = 0; i < sizes.size(); i++) {
      dims[i + 1] = sizes.get(i);
    }
    dims[sizes.size() + 1] = descriptor.scalar(side + "c");
    return Shape.of(dims);
  }

  private static Window window(
      Descriptor descriptor, Shape input, Shape output, boolean transposed) {
    int rank = descriptor.rank();
    IntTuple kernel = descriptor.sizes("k");
    IntTuple strides = descriptor.sizes("s", 1);
    IntTuple zeroBased = descriptor.offsets("d");
    IntTuple dilation = IntTuple.generate(rank, i -> zeroBased.get(i) + 1);
    IntTuple begin = descriptor.offsets("p");
    int[] end = new int[rank];
    for (int i = 0; i < rank; i++) {
      long span = (kernel.get(i) - 1L) * dilation.get(i) + 1;
      // A transposed convolution is a convolution that runs from its output to its input.
      long large = transposed ? output.dim(i + 1) : input.dim(i + 1);
      long small = transposed ? input.dim(i + 1) : output.dim(i + 1);
      long rest = (small - 1) * strides.get(i) + span - large - begin.get(i);
      if (begin.get(i) >= span || rest >= span || rest <= -strides.get(i)) {
        throw descriptor.malformed(
            "a kernel that spans %d, with stride %d and padding %d, does not lead from %d to %d"
                .formatted(
                    span, strides.get(i), begin.get(i), input.dim(i + 1), output.dim(i + 1)));
      }
      end[i] = (int) rest;
    }
    return new Window(kernel, strides, dilation, begin, IntTuple.of(end));
  }

  private static String format(Op op, Window window, int groups) {
    DescriptorWriter writer = new DescriptorWriter(window.rank());
    if (groups > 1) {
      writer.scalar("g", groups);
    }
    return writer
        .scalar("mb", op.input().dim(0))
        .scalar("ic", op.input().dim(-1))
        .quantity("i", 0, i -> op.input().intDim(i + 1))
        .scalar("oc", op.output().dim(-1))
        .quantity("o", 0, i -> op.output().intDim(i + 1))
        .quantity("k", 0, i -> window.kernel().get(i))
        .quantity("s", 1, i -> window.strides().get(i))
        .quantity("p", 0, i -> window.padBegin().get(i))
        .quantity("d", 0, i -> window.dilation().get(i) - 1)
        .toString();
  }
}
