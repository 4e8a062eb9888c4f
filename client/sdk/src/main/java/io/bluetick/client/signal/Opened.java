package io.bluetick.client.signal;

/** What became of a ciphertext. */
public sealed interface Opened {

  /** It was for us. */
  @SuppressWarnings("ArrayRecordComponent") // Parsed once, never compared.
  record Content(byte[] bytes) implements Opened {}

  /** It was read before. */
  record Repeated() implements Opened {}

  /** Its key is not the one that the device's account lists: the list may be old. */
  record Untrusted() implements Opened {}

  /** It cannot be read: altered, or for a session that is not here. To be asked for again. */
  record Unreadable(String why) implements Opened {}
}
