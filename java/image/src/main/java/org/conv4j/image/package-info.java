/**
 * Photographs as the inputs of networks, decoded, resized and scaled as Keras does it; and images
 * as their outputs.
 */
package org.conv4j.image;
