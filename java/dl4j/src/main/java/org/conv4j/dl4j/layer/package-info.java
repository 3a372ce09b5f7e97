/**
 * Layers that Deeplearning4j has and Keras does not, or that behave otherwise there. They know
 * nothing of Deeplearning4j's classes.
 */
package org.conv4j.dl4j.layer;
