/**
 * How the parts that a program adds to conv4j are found: engines, importers, sources of memory.
 *
 * <p>What they are is said where their interfaces are.
 */
package org.conv4j.service;
