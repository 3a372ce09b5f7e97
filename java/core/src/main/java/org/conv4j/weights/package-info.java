/**
 * The numbers that layers have learned, by name, and the constants that programs are compiled with.
 *
 * <p>Where they are kept, in a tensor, in a file or nowhere but in a formula, is known here only.
 */
package org.conv4j.weights;
