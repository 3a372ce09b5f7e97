/**
 * Keras's recurrent layers: what goes through a sequence step by step, in one direction or both.
 */
package org.conv4j.layer.recurrent;
