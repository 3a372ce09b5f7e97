/**
 * Convolutions written as single lines of text, in the notation of oneDNN's benchdnn.
 *
 * <p>Benchmarks, the command line and the C++ driver read the same lines. Nothing here runs them.
 */
package org.conv4j.notation;
