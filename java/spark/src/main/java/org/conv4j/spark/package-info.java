/**
 * A transformer of Spark ML that gives the rows of a column to a convolutional network. The model
 * is sent to each executor once, which compiles one plan; each task has a session of its own.
 */
package org.conv4j.spark;
