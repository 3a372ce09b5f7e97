/**
 * The door for layers that a file has no code for: what a program says about custom classes and
 * Lambda layers. Keras's own classes are not here.
 */
package org.conv4j.keras.custom;
