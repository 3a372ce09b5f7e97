/**
 * Models in files: the one way to load them, whatever their format, and what an importer of a
 * format implements to be found.
 *
 * <p>How a format is read is its importer's work; what is done with a model is {@code model}'s.
 */
package org.conv4j.file;
