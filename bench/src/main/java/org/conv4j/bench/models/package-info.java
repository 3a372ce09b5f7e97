/**
 * Whole networks, in conv4j and in rival libraries, each in a process of its own: the time of a
 * run, the time from the start of the JVM to the first result, and the memory that the process
 * needed.
 */
package org.conv4j.bench.models;
