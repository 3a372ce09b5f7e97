/**
 * How much a model may make of itself. A file of a few hundred bytes can stand for any number of
 * layers, steps and bytes; they are counted while they grow.
 */
package org.conv4j.limit;
