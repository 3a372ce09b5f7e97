/**
 * What comes out of a run and is kept in a file: where it ran, who was measured, what was found.
 */
package org.conv4j.bench.record;
