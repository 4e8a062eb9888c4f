package io.bluetick.gateway.outbound;

/** The other gateways. */
public interface Neighbours {

  /**
   * Tells a gateway that one of its connections was displaced by a newer one, with this epoch,
   * elsewhere. Best effort: if it is lost, the mailbox still obeys only the newer one.
   */
  void displaced(String node, long connection, long epoch);
}
