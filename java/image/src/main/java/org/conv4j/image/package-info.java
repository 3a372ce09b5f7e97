/** Photographs as the inputs of networks: decoded, resized and scaled as Keras does it. */
package org.conv4j.image;
