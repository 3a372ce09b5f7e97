package org.conv4j.onnx.ocr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A rectangle of pixels.
 *
 * @param left the first column
 * @param top the first row
 * @param right the column behind the last
 * @param bottom the row behind the last
 */
record Box(int left, int top, int right, int bottom) {
  /** A pixel is text from this probability on. */
  private static final double TEXT = 0.3;

  /** A box is one if its pixels are text with this probability. */
  private static final double LEAST_SCORE = 0.5;

  /** What the network marks is less than the letters: PaddleOCR's ratio. */
  private static final double UNCLIP = 1.6;

  /** The boxes around connected pixels of text, from top to bottom. */
  static List<Box> find(double[] probabilities, int width) {
    boolean[] seen = new boolean[probabilities.length];
    List<Box> boxes = new ArrayList<>();
    for (int start = 0; start < probabilities.length; start++) {
      if (probabilities[start] > TEXT && !seen[start]) {
        Box box = around(start, probabilities, width, seen);
        if (box.score(probabilities, width) > LEAST_SCORE && box.bottom - box.top > 3) {
          boxes.add(box.grown(width, probabilities.length / width));
        }
      }
    }
    boxes.sort(Comparator.comparingInt(Box::top));
    return boxes;
  }

  private static Box around(int start, double[] probabilities, int width, boolean[] seen) {
    Deque<Integer> open = new ArrayDeque<>(List.of(start));
    seen[start] = true;
    Box box = new Box(width, probabilities.length, 0, 0);
    while (!open.isEmpty()) {
      int place = open.pop();
      int x = place % width;
      int y = place / width;
      box =
          new Box(
              Math.min(box.left, x),
              Math.min(box.top, y),
              Math.max(box.right, x + 1),
              Math.max(box.bottom, y + 1));
      int[] neighbours = {
        x > 0 ? place - 1 : -1, x < width - 1 ? place + 1 : -1, place - width, place + width
      };
      for (int next : neighbours) {
        if (next >= 0 && next < seen.length && !seen[next] && probabilities[next] > TEXT) {
          seen[next] = true;
          open.push(next);
        }
      }
    }
    return box;
  }

  private double score(double[] probabilities, int width) {
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += probabilities[y * width + x];
      }
    }
    return sum / (right - left) / (bottom - top);
  }

  private Box grown(int width, int height) {
    int w = right - left;
    int h = bottom - top;
    int margin = (int) Math.round(w * h * UNCLIP / (2.0 * (w + h)));
    return new Box(
        Math.max(0, left - margin),
        Math.max(0, top - margin),
        Math.min(width, right + margin),
        Math.min(height, bottom + margin));
  }
}
