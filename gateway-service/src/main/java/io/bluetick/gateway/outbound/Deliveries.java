package io.bluetick.gateway.outbound;

import io.bluetick.protocol.v1.OutboundBatch;

/** Takes what services handed to the sockets of this gateway. */
public interface Deliveries {

  /**
   * From now on all that is handed over arrives; before, no socket may open, or it would miss
   * something.
   */
  void begin();

  /**
   * Brings each delivery to its connections, those of one connection in order.
   *
   * @param done called once, on any thread, when all of them were looked at: how the reader knows
   *     how much is under way
   */
  void deliver(OutboundBatch batch, Runnable done);
}
