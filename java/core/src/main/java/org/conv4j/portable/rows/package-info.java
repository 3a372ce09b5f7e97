/**
 * Arrays of float or double numbers, and the loops over them that HotSpot vectorises.
 *
 * <p>The loops are written once, for floats. The build makes those for doubles of them: each class
 * {@code Float...} is copied to a class {@code Double...} with {@code double} in place of {@code
 * float}, into {@code target/generated-sources/rows}. An array has one type of elements, and a loop
 * that asks for each element which type it has is not vectorised.
 *
 * <p>Which op the numbers belong to is not known here.
 */
package org.conv4j.portable.rows;
