package org.conv4j.op;

import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/** An op that moves a window over the spatial dimensions. */
public sealed interface Windowed extends Op permits Convolution, Deconvolution, Pooling {
  /**
   * Returns the movement of the window.
   *
   * @return the window
   */
  Window window();

  /**
   * Sets the window and the shapes that go with it.
   *
   * @param newInput the shape that is read
   * @param newOutput the shape that is written
   * @param newWindow the movement of the window
   * @return a changed copy
   * @throws org.conv4j.error.Conv4jException if they do not fit together
   */
  Windowed withWindow(Shape newInput, Shape newOutput, Window newWindow);
}
