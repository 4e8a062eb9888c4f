package io.bluetick.bench.load;

import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.ServerFrameType;

/** Pings, answered by pongs. */
public final class PingScript implements Script {
  private long number;

  @Override
  public byte[] request() {
    number++;
    return Frames.encode(ClientFrameType.PING, Ping.newBuilder().setNumber(number).build());
  }

  @Override
  public int answers(int type, byte[] frame, int offset, int length) {
    return type == ServerFrameType.PONG.getNumber() ? 1 : 0;
  }
}
