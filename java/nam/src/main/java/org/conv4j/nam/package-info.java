/**
 * Reads {@code .nam} files, in which Neural Amp Modeler keeps models of guitar amplifiers, to be
 * run on whole recordings or, with {@code org.conv4j.stream}, live.
 */
package org.conv4j.nam;
