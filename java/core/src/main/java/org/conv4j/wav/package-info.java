/**
 * Sound in WAV files.
 *
 * <p>Playing and recording it is {@code javax.sound}'s work.
 */
package org.conv4j.wav;
