/**
 * Shapes and all the shape arithmetic of the library, computed with overflow checks.
 *
 * <p>Lowering calls it once for each layer; engines receive its results and only assert them.
 */
package org.conv4j.shape;
