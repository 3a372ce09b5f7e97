/**
 * What it costs to call oneDNN from Java: a C++ process and a plan run the same case by turns.
 *
 * <p>The C++ side is {@code native/baseline}. The command that prints the comparison is one package
 * up.
 */
package org.conv4j.bench.bridge;
