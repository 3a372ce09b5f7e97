/**
 * Translates networks of Deeplearning4j: which layers of conv4j stand for which of its layers,
 * vertices, preprocessors and activation functions, and how weights are laid out there and here.
 */
package org.conv4j.dl4j.convert;
