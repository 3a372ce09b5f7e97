package org.conv4j.testkit.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Says on which engine a test has failed: the parts of the contract have one name for all. */
final class NamesEngine implements TestExecutionExceptionHandler {
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    context
        .getRequiredTestInstances()
        .findInstance(EngineContract.class)
        .ifPresent(
            contract ->
                failure.addSuppressed(
                    new AssertionError("on the engine '" + contract.engine().name() + "'")));
    throw failure;
  }
}
