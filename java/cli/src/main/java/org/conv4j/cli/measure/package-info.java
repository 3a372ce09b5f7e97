/** What commands find out: times, peak speed, errors against the reference, multiply-adds. */
package org.conv4j.cli.measure;
