/**
 * Layers and ops with inputs and constants, and comparisons of what engines make of them.
 *
 * <p>Here is nothing random and no error bound.
 */
package org.conv4j.testkit.cases;
