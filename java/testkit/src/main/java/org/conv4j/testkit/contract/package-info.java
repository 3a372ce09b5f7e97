/**
 * What every engine must do. An engine's test extends {@link
 * org.conv4j.testkit.contract.EngineContract} with a constructor that says which engine it is, and
 * nothing else.
 */
package org.conv4j.testkit.contract;
