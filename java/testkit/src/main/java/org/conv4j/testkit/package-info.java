/**
 * What every engine is tested with: random legal cases, error bounds, and contract tests.
 *
 * <p>An engine's module extends each {@code ...Contract} class with a constructor that passes the
 * engine's name, and nothing else. Nothing here is part of a program that runs networks.
 */
package org.conv4j.testkit;
