/**
 * One oneDNN primitive as a compiled op: its parts, its memory, the functions behind it.
 *
 * <p>Which primitive an op becomes is for the packages below.
 */
package org.conv4j.onednn.primitive;
