/**
 * A model while it is put together: its layers and nested models, each once, their calls in an
 * order that can run, and the shapes that decide which weights they need. Files are not known here.
 */
package org.conv4j.keras.model;
