package org.conv4j.testkit.architecture;

/** The rules of {@link ArchitectureContract}, for this module and those below. */
class ArchitectureTest extends ArchitectureContract {}
