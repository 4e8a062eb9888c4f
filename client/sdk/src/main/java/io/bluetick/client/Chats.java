package io.bluetick.client;

import io.bluetick.client.delivery.Engine;
import io.bluetick.protocol.AccountId;

/** The chats of this account. */
public final class Chats {
  private final Engine engine;

  Chats(Engine engine) {
    this.engine = engine;
  }

  public Chat with(AccountId account) {
    return new Chat(engine, account);
  }
}
