package org.conv4j.spark;

import org.conv4j.testkit.architecture.ArchitectureContract;

/** The rules of {@link ArchitectureContract}, for this module and those below. */
class ArchitectureTest extends ArchitectureContract {}
