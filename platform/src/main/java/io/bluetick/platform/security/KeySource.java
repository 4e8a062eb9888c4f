package io.bluetick.platform.security;

import java.util.concurrent.CompletableFuture;

/** Where an issuer's keys come from. */
interface KeySource {

  /**
   * The keys, by which this one was looked for if need be; it may not exist all the same. Fails
   * with {@link io.bluetick.protocol.BluetickException} if no keys were ever known. Never waits.
   */
  CompletableFuture<Keyring> holding(String kid);
}
