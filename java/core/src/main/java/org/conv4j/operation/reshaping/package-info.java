/**
 * Operations that take, move, repeat or surround elements without computing anything, such as
 * {@code x[:, 0]} or a transposition. See {@link org.conv4j.operation}.
 */
package org.conv4j.operation.reshaping;
