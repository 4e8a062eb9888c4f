package io.bluetick.client.chat;

/**
 * Where a message came from: what its receipts name.
 *
 * @param device of its author's account
 */
public record Origin(int device, long counter) {
  /** From this account; there are no receipts for it. */
  public static final Origin OWN = new Origin(0, 0);
}
