package io.bluetick.client.signal;

/** What became of a list of devices that the server handed out. */
public sealed interface Learned {

  /** It holds. */
  record Known(Peer peer, Identity identity) implements Learned {}

  /** It is older than what is known: the server does not get away with handing it out again. */
  record Older(Peer peer) implements Learned {}

  /** Its primary did not sign it, or it is none. */
  record Forged() implements Learned {}

  /** Whether the account's key is the one that was known. */
  enum Identity {
    FIRST,
    SAME,
    CHANGED
  }
}
