package io.bluetick.bench.load;

import com.google.protobuf.InvalidProtocolBufferException;

/** What one device says in an exchange, and how it knows that it was answered. */
public interface Script {

  /** The next frame to send. */
  byte[] request();

  /** How many requests a frame answers; 0 if it is about something else. */
  int answers(int type, byte[] frame, int offset, int length) throws InvalidProtocolBufferException;
}
