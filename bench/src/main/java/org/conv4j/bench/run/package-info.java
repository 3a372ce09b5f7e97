/**
 * The instrument: JMH on conv4j's engines and on rivals, in processes of their own. Every output is
 * compared with the reference engine's before it is timed.
 *
 * <p>What is made of the numbers is in {@link org.conv4j.bench.report}.
 */
package org.conv4j.bench.run;
