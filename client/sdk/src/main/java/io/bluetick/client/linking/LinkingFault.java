package io.bluetick.client.linking;

/** Why a linking must not go on. None of it mends itself: the companion begins with a new offer. */
public enum LinkingFault {
  /** What was scanned is something else. */
  NOT_A_LINK,
  /** Of a newer client's code or message, or of an older one's. */
  UNKNOWN_VERSION,
  /** A code that is cut off or altered. */
  MALFORMED_CODE,
  /** A public key with which every private key agrees on zero. */
  LOW_ORDER_KEY,
  /** The server shows other keys than the companion offered, or none that it vouches for. */
  WRONG_CONFIRMATION,
  /** The server's message is none. */
  MALFORMED_MESSAGE,
  /** Altered, written for another offer, or by somebody who did not see the code. */
  FORGED_MESSAGE,
  /** The server and the primary name different accounts or numbers. */
  ANOTHER_DEVICE,
  /** No list, another account's, or not written in the one way. */
  MALFORMED_LIST,
  /** Not signed by the primary that was asked for. */
  WRONG_SIGNATURE,
  /** Older than one that is known to exist. */
  STALE_LIST,
  /** The server has a device that the primary never signed, or the companion is not in the list. */
  NOT_LISTED,
  /** Every number of a companion is taken. */
  NO_FREE_NUMBER
}
