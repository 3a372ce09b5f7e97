/**
 * conv4j beside Deeplearning4j: networks that run faster, and arrays of ND4J as tensors and back.
 */
package org.conv4j.dl4j;
