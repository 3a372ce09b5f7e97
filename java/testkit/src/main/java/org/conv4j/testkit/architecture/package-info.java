/**
 * Which package may know which, for all modules in one place: {@link
 * org.conv4j.testkit.architecture.Storeys} is the plan, {@link
 * org.conv4j.testkit.architecture.ArchitectureContract} compares classes with it.
 */
package org.conv4j.testkit.architecture;
