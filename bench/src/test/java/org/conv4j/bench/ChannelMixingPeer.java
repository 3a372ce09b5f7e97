package org.conv4j.bench;

/** Says that its buffers are channels-first, which they are not, and so answers wrongly. */
public final class ChannelMixingPeer extends ExactPeer {
  @Override
  public String name() {
    return "channel-mixing";
  }

  @Override
  public boolean channelsFirst() {
    return true;
  }
}
