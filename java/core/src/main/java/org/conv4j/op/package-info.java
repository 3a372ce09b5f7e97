/**
 * The closed set of operations that engines implement, fully resolved and in neutral words.
 *
 * <p>Every tensor is channels-last here. What Keras calls things, and why, ends at {@link
 * org.conv4j.lowering}.
 *
 * <p>NaN and infinities mean what they mean to Keras on TensorFlow, on every engine:
 *
 * <ul>
 *   <li>An element-wise function is its definition, {@link org.conv4j.activation.Elementwise}, also
 *       of NaN, infinities and -0: NaN stays NaN, but hard and soft shrink make 0 of it. What is
 *       infinity minus infinity on the way, as softsign, SiLU and GELU of an infinity are, is NaN.
 *   <li>A rectifier, or another clamp, that an engine applies at the end of another op, while the
 *       sums are in registers, may make a bound of NaN, as TensorFlow's fused kernels do. GELU of
 *       plus infinity may be NaN. On x86 processors without AVX2, other functions may go wrong
 *       there, too.
 *   <li>The largest and the smallest of two tensors, or along an axis, are NaN where one is. In a
 *       window of a {@link org.conv4j.op.Pooling} NaN takes no part.
 *   <li>Sums and means follow the arithmetic of floating-point numbers. What is multiplied with a
 *       weight of 0 counts: an infinity makes NaN of it. Padding takes no part.
 *   <li>A softmax is NaN everywhere along the axis where one element is NaN or plus infinity, or
 *       all are minus infinity. (TensorFlow with oneDNN leaves 0 beside NaN in float32; without it,
 *       in float64 and for the logarithm, it makes all NaN.)
 *   <li>Without the option {@code exact}, what is not finite may spread to outputs nearby, those
 *       that an algorithm computes together. It never disappears.
 * </ul>
 */
package org.conv4j.op;
