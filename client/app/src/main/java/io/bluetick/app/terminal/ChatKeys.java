package io.bluetick.app.terminal;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Link;
import io.bluetick.app.output.Described;
import io.bluetick.app.output.SafetyNumber;
import io.bluetick.app.output.Spans;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.media.NewFile;
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
      case Typed.Say(var text) -> told(link.send(with, text));
      case Typed.File(var path, var caption) ->
          told(link.send(with, NewFile.of(path).withCaption(caption)));
      case Typed.Save(var number) -> save(number);
      case Typed.Older(var count) -> room.older(count);
      case Typed.Search(var words) -> room.search(words, SEARCH_LIMIT);
      case Typed.Reply(var number, var text) ->
          at(room.numbered(number), message -> link.reply(message, text));
      case Typed.Edit(var text) -> at(ownText(), message -> link.edit(message, text));
      case Typed.Delete(var number) -> at(own(number), link::delete);
      case Typed.React(var number, var emoji) ->
          at(any(number), message -> link.react(message, emoji));
      case Typed.Verify(var isSame) -> verify(isSame);
      case Typed.Trust() -> trust();
      case Typed.Timer(var after) -> timer(after);
      case Typed.Location(var latitude, var longitude, var label) ->
          told(link.locate(with, new Link.Place(latitude, longitude, label)));
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

  private void save(Optional<Integer> number) {
    Optional<Message> message =
        number.isPresent()
            ? number.flatMap(room::numbered)
            : room.last(each -> each.content().hasAttachment());
    message.ifPresentOrElse(room::save, () -> room.notice("there is no such message here"));
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

  private void at(Optional<Message> message, Function<Message, CompletableFuture<Saying>> work) {
    if (message.isEmpty()) {
      room.notice("there is no such message here");
    } else {
      told(work.apply(message.get()));
    }
  }

  /** Waits for the store, so that what is typed next finds what was said before. */
  private void told(CompletableFuture<Saying> future) {
    try {
      Saying saying = future.get(STORE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (saying instanceof Saying.Said(var message)) {
        room.said(message);
      }
      Described.refusal(saying).ifPresent(room::notice);
    } catch (ExecutionException e) {
      room.notice("! " + Described.failure(e));
    } catch (TimeoutException e) {
      room.notice("! the store takes its time");
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
    told(link.disappearAfter(with, after.get()));
  }
}
