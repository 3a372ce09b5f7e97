/**
 * What layers and ops compute, in words that both use: functions of two numbers, what becomes of
 * several, where samples lie. Functions of one number are {@code org.conv4j.activation}'s.
 */
package org.conv4j.function;
