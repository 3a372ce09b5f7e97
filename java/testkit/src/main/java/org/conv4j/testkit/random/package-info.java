/** Draws layers and ops: legal ones, absurd ones and, by one change, illegal ones. */
package org.conv4j.testkit.random;
