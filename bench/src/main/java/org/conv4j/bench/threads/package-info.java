/**
 * What threads are worth: one caller with helpers against the same caller alone, and many callers
 * against as many as there are processors. The commands that print the comparisons are one package
 * up.
 */
package org.conv4j.bench.threads;
