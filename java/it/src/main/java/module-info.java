/** A user's program, which sees what conv4j exports and nothing else. */
module consumer {
  requires org.conv4j.core;
}
