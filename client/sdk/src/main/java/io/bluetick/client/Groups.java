package io.bluetick.client;

import io.bluetick.client.chat.Message;
import io.bluetick.client.delivery.Engine;
import io.bluetick.client.group.Group;
import io.bluetick.client.group.GroupBook;
import io.bluetick.client.media.Media;
import io.bluetick.protocol.AccountId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The groups of this account. Who is in one is not the client's to find out: whoever asks the
 * server for it tells it here, and anew after {@link
 * io.bluetick.client.delivery.ClientEvent.GroupChanged}.
 */
public final class Groups {
  private final Engine engine;
  private final Media media;

  Groups(Engine engine, Media media) {
    this.engine = engine;
    this.media = media;
  }

  /**
   * A group as the server has it now. What was held of it is shown; false if this version or a
   * later one is known. Fails if an account has the group's id.
   */
  public CompletableFuture<Boolean> know(Group group) {
    return engine.know(group);
  }

  /** By name. */
  public CompletableFuture<List<Group>> list() {
    return engine.with(database -> new GroupBook(database).all());
  }

  /** What is said before the group is known is said to an account of that id: there is none. */
  public Chat chat(AccountId group) {
    return new Chat(engine, media, group);
  }

  /** How far a message of this account came, member by member. */
  public CompletableFuture<List<GroupBook.Receipt>> receipts(Message message) {
    return engine.with(database -> new GroupBook(database).receipts(message.id()));
  }
}
