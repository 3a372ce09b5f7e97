/**
 * Random cases in processes of their own: {@link org.conv4j.testkit.fuzz.ForkedFuzz} starts them,
 * {@link org.conv4j.testkit.fuzz.FuzzProcess} is what runs in them. What the cases are, tests say.
 */
package org.conv4j.testkit.fuzz;
