/** JSON as Keras writes it, within bounds. Nothing here knows what the objects mean. */
package org.conv4j.keras.json;
