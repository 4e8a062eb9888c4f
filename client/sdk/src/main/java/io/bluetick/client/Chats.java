package io.bluetick.client;

import io.bluetick.client.delivery.Engine;
import io.bluetick.client.media.Media;
import io.bluetick.protocol.AccountId;

/** The chats of this account. */
public final class Chats {
  private final Engine engine;
  private final Media media;

  Chats(Engine engine, Media media) {
    this.engine = engine;
    this.media = media;
  }

  public Chat with(AccountId account) {
    return new Chat(engine, media, account);
  }
}
