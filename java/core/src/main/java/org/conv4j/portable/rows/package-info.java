/**
 * Arrays of float or double numbers, and the loops over them that HotSpot vectorises.
 *
 * <p>Which op the numbers belong to is not known here.
 */
package org.conv4j.portable.rows;
