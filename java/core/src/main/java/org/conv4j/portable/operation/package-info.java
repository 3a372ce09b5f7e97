/**
 * The ops between convolutions, most of them a class each.
 *
 * <p>Convolutions are in {@code convolution}, and their geometry, which pooling uses.
 */
package org.conv4j.portable.operation;
