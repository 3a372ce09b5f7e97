/**
 * The instrument: cases of real networks, run by JMH on conv4j's engines and on rivals. Every
 * output is compared with the reference engine's before it is timed.
 *
 * <p>What is made of the numbers is in {@link org.conv4j.bench.report}.
 */
package org.conv4j.bench;
