/** The cases that are measured and the numbers that they run on. */
package org.conv4j.bench.cases;
