package io.bluetick.app.terminal;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Link;
import io.bluetick.app.output.SafetyNumber;
import io.bluetick.app.output.Spans;
import io.bluetick.client.chat.Conversations;
import io.bluetick.client.chat.Message;
import io.bluetick.protocol.AccountId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Does what is typed into a chat. */
final class ChatKeys {
  private static final int SEARCH_LIMIT = 100;
  private static final Duration STORE_LIMIT = Duration.ofSeconds(30);
  private static final String TOO_LATE = "that came too late, or is not yours";

  private final Device device;
  private final AccountId with;
  private final ChatRoom room;
  private final Link link;

  ChatKeys(Device device, AccountId with, ChatRoom room, Link link) {
    this.device = device;
    this.with = with;
    this.room = room;
    this.link = link;
  }

  /** False when somebody wants to go. */
  boolean type(String line) {
    switch (Typed.parse(line)) {
      case Typed.Say(var text) -> say(text);
      case Typed.Older(var count) -> room.older(count);
      case Typed.Search(var words) -> room.search(words, SEARCH_LIMIT);
      case Typed.Reply(var number, var text) ->
          at(number, message -> link.reply(message, text), "that cannot be sent");
      case Typed.Edit(var text) -> at(ownText(), message -> link.edit(message, text), TOO_LATE);
      case Typed.Delete(var number) -> at(own(number), link::delete, TOO_LATE);
      case Typed.React(var number, var emoji) ->
          at(any(number), message -> link.react(message, emoji), "that is no reaction");
      case Typed.Verify(var isSame) -> verify(isSame);
      case Typed.Trust() -> trust();
      case Typed.Timer(var after) -> timer(after);
      case Typed.Location(var latitude, var longitude, var label) ->
          told(
              link.locate(with, new Link.Place(latitude, longitude, label)), "that cannot be sent");
      case Typed.Help() -> room.notice(Typed.HELP);
      case Typed.Nothing() -> {
        // A line without anything.
      }
      case Typed.Wrong(var why) -> room.notice(why);
      case Typed.Quit() -> {
        return false;
      }
    }
    return true;
  }

  private void say(String text) {
    if (Conversations.isTooLong(text)) {
      room.notice(
          "that is too long: a message has at most " + Conversations.TEXT_LIMIT_BYTES + " bytes");
      return;
    }
    told(link.send(with, text), "that cannot be sent");
  }

  private Optional<Message> ownText() {
    return room.last(message -> message.isOwn() && message.content().hasText());
  }

  private Optional<Message> own(Optional<Integer> number) {
    return number.isPresent() ? number.flatMap(room::numbered) : room.last(Message::isOwn);
  }

  private Optional<Message> any(Optional<Integer> number) {
    return number.isPresent()
        ? number.flatMap(room::numbered)
        : room.last(message -> !message.isOwn()).or(() -> room.last(_ -> true));
  }

  private void at(
      int number, Function<Message, CompletableFuture<Optional<Message>>> work, String failure) {
    at(room.numbered(number), work, failure);
  }

  private void at(
      Optional<Message> message,
      Function<Message, CompletableFuture<Optional<Message>>> work,
      String failure) {
    if (message.isEmpty()) {
      room.notice("there is no such message here");
    } else {
      told(work.apply(message.get()), failure);
    }
  }

  /** Waits for the store, so that what is typed next finds what was said before. */
  private void told(CompletableFuture<Optional<Message>> future, String failure) {
    try {
      future
          .get(STORE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .ifPresentOrElse(room::said, () -> room.notice(failure));
    } catch (ExecutionException | TimeoutException e) {
      room.notice("! that failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void verify(Optional<Boolean> isSame) {
    Optional<String> number = device.safetyNumber(with);
    if (number.isEmpty()) {
      room.notice("there is no safety number before the first message between you");
    } else if (isSame.isEmpty()) {
      room.notice(
          "Compare this with the other side, not by a message. Then /verify yes or /verify no\n"
              + SafetyNumber.rows(number.get()));
    } else {
      var _ =
          link.verified(with, isSame.get())
              .thenAccept(same -> room.notice(same ? "kept as verified" : "kept as not verified"));
    }
  }

  private void trust() {
    var _ =
        link.trust(with)
            .thenAccept(held -> room.notice(held ? "what waited goes out" : "nothing is held"));
  }

  private void timer(Optional<Duration> after) {
    if (after.isEmpty()) {
      room.notice("timer: " + Spans.text(device.timer(with)));
      return;
    }
    // There is no message of it; the event tells.
    var _ =
        link.disappearAfter(with, after.get())
            .exceptionally(trouble -> {
              room.notice("! that failed: " + trouble.getMessage());
              return Optional.empty();
            });
  }
}
