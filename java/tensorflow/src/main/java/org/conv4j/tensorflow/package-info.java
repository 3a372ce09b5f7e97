/**
 * Views of TensorFlow's tensors as conv4j's. Models and graphs of either are their own business.
 */
package org.conv4j.tensorflow;
