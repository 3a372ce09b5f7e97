package org.conv4j.lowering;

import org.conv4j.tensor.ValueType;

/**
 * What a program says about one of its values.
 *
 * @param kind where it comes from and how long it lasts
 * @param type what it is like
 */
public record ProgramValue(ValueKind kind, ValueType type) {}
