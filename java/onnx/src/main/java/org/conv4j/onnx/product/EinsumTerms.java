package org.conv4j.onnx.product;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Emitter;
import org.conv4j.onnx.shape.NodeInfo;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Einstein's sum of one operand or several: diagonals are taken, axes that no other operand has are
 * summed, and pairs of operands become products of matrices.
 */
final class EinsumTerms {
  private final Call call;
  private final Emitter emit;

  EinsumTerms(Call call) {
    this.call = call;
    this.emit = call.emit();
  }

  /** A value with a letter for each of its axes. */
  private record Term(Value value, String letters) {}

  Value append() {
    NodeInfo node = call.node();
    String equation = node.text("equation", "").replace(" ", "");
    int arrow = equation.indexOf("->");
    String left = arrow < 0 ? equation : equation.substring(0, arrow);
    List<String> written = new ArrayList<>();
    for (int at = 0; at <= left.length(); ) {
      int comma = left.indexOf(',', at);
      int end = comma < 0 ? left.length() : comma;
      written.add(left.substring(at, end));
      at = end + 1;
    }
    if (written.size() != call.count()) {
      throw node.invalid("'%s' is for %d inputs".formatted(equation, written.size()));
    }
    List<Term> terms = new ArrayList<>();
    String hidden = "";
    for (int i = 0; i < written.size(); i++) {
      int rank = call.rank(i);
      int shown = written.get(i).replace("...", "").length();
      int more = written.get(i).contains("...") ? rank - shown : 0;
      if (more < 0 || more + shown != rank) {
        throw node.invalid("'%s' does not fit its inputs".formatted(equation));
      }
      String ellipsis = letters(more);
      hidden = ellipsis.length() > hidden.length() ? ellipsis : hidden;
      String letters = written.get(i).replace("...", ellipsis);
      terms.add(diagonal(new Term(call.value(i), letters)));
    }
    String result =
        arrow < 0 ? hidden + implied(left) : equation.substring(arrow + 2).replace("...", hidden);
    Term term = summed(terms.get(0), rest(terms, 1), result);
    for (int i = 1; i < terms.size(); i++) {
      String later = rest(terms, i + 1) + result;
      term =
          product(term, summed(terms.get(i), term.letters() + rest(terms, i + 1), result), later);
    }
    return arranged(term, result);
  }

  /** Letters that no equation has, the last ones for the last axes. */
  private static String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = count; i > 0; i--) {
      letters.append((char) (0x2460 + i));
    }
    return letters.toString();
  }

  private static String rest(List<Term> terms, int from) {
    StringBuilder letters = new StringBuilder();
    for (Term term : terms.subList(from, terms.size())) {
      letters.append(term.letters());
    }
    return letters.toString();
  }

  /** In alphabetical order the letters that occur once. */
  private static String implied(String left) {
    StringBuilder letters = new StringBuilder();
    for (char letter = 'A'; letter <= 'z'; letter++) {
      int first = left.indexOf(letter);
      if (first >= 0 && left.indexOf(letter, first + 1) < 0) {
        letters.append(letter);
      }
    }
    return letters.toString();
  }

  /** Of two axes with the same letter, the elements whose indices agree. */
  private Term diagonal(Term term) {
    for (int second = 1; second < term.letters().length(); second++) {
      int first = term.letters().indexOf(term.letters().charAt(second));
      if (first == second) {
        continue;
      }
      int rank = term.letters().length();
      long extent = term.value().shape().dim(first);
      if (term.value().shape().dim(second) != extent) {
        throw call.node().invalid("axes with one letter differ in their extents");
      }
      int[] order = new int[rank];
      StringBuilder letters = new StringBuilder();
      int at = 0;
      for (int axis = 0; axis < rank; axis++) {
        if (axis != first && axis != second) {
          order[at++] = axis;
          letters.append(term.letters().charAt(axis));
        }
      }
      order[rank - 2] = first;
      order[rank - 1] = second;
      letters.append(term.letters().charAt(first));
      Value moved = emit.plain(emit.permute(term.value(), order));
      long[] dims = moved.shape().toArray();
      long[] joined = new long[rank - 1];
      System.arraycopy(dims, 0, joined, 0, rank - 2);
      joined[rank - 2] = extent * extent;
      Value flat = emit.reshape(moved, Shape.of(joined));
      Value taken = emit.slice(flat, rank - 2, 0, extent + 1, extent);
      return diagonal(new Term(taken, letters.toString()));
    }
    return term;
  }

  /** Sums axes that neither the other operands nor the result have. */
  private Term summed(Term term, String others, String result) {
    StringBuilder kept = new StringBuilder();
    List<Integer> gone = new ArrayList<>();
    List<Long> dims = new ArrayList<>();
    for (int axis = 0; axis < term.letters().length(); axis++) {
      char letter = term.letters().charAt(axis);
      if (others.indexOf(letter) < 0 && result.indexOf(letter) < 0) {
        gone.add(axis);
      } else {
        kept.append(letter);
        dims.add(term.value().shape().dim(axis));
      }
    }
    if (gone.isEmpty()) {
      return term;
    }
    int[] axes = gone.stream().mapToInt(Integer::intValue).toArray();
    Value sum = emit.reduce(term.value(), axes, ReductionKind.SUM);
    long[] left = dims.stream().mapToLong(Long::longValue).toArray();
    return new Term(emit.reshape(sum, Shape.of(left)), kept.toString());
  }

  /** The product of two terms, summed over the letters that are not needed any more. */
  private Term product(Term left, Term right, String later) {
    StringBuilder batch = new StringBuilder();
    StringBuilder inner = new StringBuilder();
    StringBuilder rows = new StringBuilder();
    StringBuilder columns = new StringBuilder();
    for (char letter : left.letters().toCharArray()) {
      boolean both = right.letters().indexOf(letter) >= 0;
      (both ? later.indexOf(letter) >= 0 ? batch : inner : rows).append(letter);
    }
    for (char letter : right.letters().toCharArray()) {
      if (left.letters().indexOf(letter) < 0) {
        columns.append(letter);
      }
    }
    Value a = broadcast(left, right, batch.toString() + rows + inner);
    Value b = broadcast(right, left, batch.toString() + inner + columns);
    long[] counts = new long[4];
    String[] groups = {batch.toString(), rows.toString(), inner.toString(), columns.toString()};
    List<Long> dims = new ArrayList<>();
    for (int i = 0; i < groups.length; i++) {
      counts[i] = 1;
      for (char letter : groups[i].toCharArray()) {
        long extent = extent(left, right, letter);
        counts[i] *= extent;
        if (i != 2) {
          dims.add(extent);
        }
      }
    }
    Value x = emit.reshape(a, Shape.of(counts[0], counts[1], counts[2]));
    Value y = emit.reshape(b, Shape.of(counts[0], counts[2], counts[3]));
    Value result = MatrixProducts.batched(call, x, y);
    long[] all = dims.stream().mapToLong(Long::longValue).toArray();
    return new Term(emit.reshape(result, Shape.of(all)), batch.toString() + rows + columns);
  }

  private long extent(Term left, Term right, char letter) {
    int first = left.letters().indexOf(letter);
    int second = right.letters().indexOf(letter);
    long a = first < 0 ? 1 : left.value().shape().dim(first);
    long b = second < 0 ? 1 : right.value().shape().dim(second);
    if (first >= 0 && second >= 0 && a != b && a != 1 && b != 1) {
      throw call.node().invalid("axes with one letter differ in their extents");
    }
    return Math.max(a, b);
  }

  private Value broadcast(Term term, Term other, String letters) {
    Value value = arranged(term, letters);
    long[] dims = value.shape().toArray();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = extent(term, other, letters.charAt(i));
    }
    return emit.expand(value, Shape.of(dims));
  }

  private Value arranged(Term term, String letters) {
    int[] order = new int[letters.length()];
    for (int i = 0; i < order.length; i++) {
      order[i] = term.letters().indexOf(letters.charAt(i));
      if (order[i] < 0 || term.letters().length() != order.length) {
        throw call.node().invalid("its equation has a letter that no input has");
      }
    }
    IntTuple axes = IntTuple.of(order);
    return emit.plain(emit.lowering().permute(call.node().name(), term.value(), axes));
  }
}
