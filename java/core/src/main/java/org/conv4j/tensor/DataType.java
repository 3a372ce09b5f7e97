package org.conv4j.tensor;
/** The type of a tensor's elements. */
public enum DataType { /** IEEE single. */ FLOAT32 }
