package io.bluetick.client.delivery;

import io.bluetick.client.chat.Change;
import io.bluetick.client.chat.History;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.content.Content;
import io.bluetick.client.store.Database;
import io.bluetick.protocol.AccountId;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Messages that are in their chats and are not sent yet: what belongs to them comes first. */
public final class HeldMessages {
  private final Tables tables;
  private final Loop loop;

  HeldMessages(Tables tables, Loop loop) {
    this.tables = tables;
    this.loop = loop;
  }

  /**
   * Puts a message into its chat.
   *
   * @param with what is written in the same transaction
   */
  public CompletableFuture<Saying> hold(
      AccountId chat, Content said, BiConsumer<Database, Message> with) {
    return loop.ask(turn -> {
      Change change =
          tables
              .conversations()
              .say(tables.account(), chat, tables.complete(chat, said), tables.nowMs());
      Changes.tell(change, turn);
      return switch (change) {
        case Change.Added(var message) -> {
          with.accept(tables.database(), message);
          yield new Saying.Said(message);
        }
        case Change.None(var why) -> Changes.refused(why);
        case Change.Changed _, Change.Ticked _, Change.Timer _ -> new Saying.NotPossible();
      };
    });
  }

  /** Sends one, unless it was deleted meanwhile. */
  public CompletableFuture<Boolean> release(
      long held, UnaryOperator<Content> complete, Consumer<Database> with) {
    return loop.ask(turn -> {
      with.accept(tables.database());
      Change change = tables.conversations().replace(held, complete);
      Changes.tell(change, turn);
      if (change instanceof Change.Changed(var message)) {
        tables.outbox().add(message.chat(), message.content(), message.id());
        return true;
      }
      return false;
    });
  }

  /** Lets go of one: it will never be sent. False if it was deleted meanwhile. */
  public CompletableFuture<Boolean> giveUp(long held, String why, Consumer<Database> with) {
    return loop.ask(turn -> {
      with.accept(tables.database());
      boolean isThere =
          new History(tables.database())
              .find(held)
              .filter(message -> !message.isDeleted())
              .isPresent();
      if (isThere) {
        turn.tell(new ClientEvent.Trouble("a file was refused: " + why));
        Changes.tell(tables.conversations().failed(held), turn);
      }
      return isThere;
    });
  }
}
