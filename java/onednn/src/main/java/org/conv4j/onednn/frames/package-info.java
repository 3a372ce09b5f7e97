/**
 * Whole small networks on frames of signals: how a program of frames is written for {@code
 * native/src/frames.cpp}, and run by it.
 */
package org.conv4j.onednn.frames;
