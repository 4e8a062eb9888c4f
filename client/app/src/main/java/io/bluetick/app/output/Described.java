package io.bluetick.app.output;

import io.bluetick.client.chat.Conversations;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.media.MediaException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.TypingState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Messages and events in words for people, and in fields for scripts. */
public final class Described {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Names names;
  private final ZoneId zone;

  public Described(Names names, ZoneId zone) {
    this.names = names;
    this.zone = zone;
  }

  // ---- For people ------------------------------------------------------------------------------

  /** One line, or as many as were written. */
  public String text(Message message) {
    return "%s  %s: %s%s"
        .formatted(
            TIME.format(message.at().atZone(zone)),
            message.isOwn() ? "you to " + names.of(message.chat()) : names.of(message.author()),
            message.isDeleted() ? "(deleted)" : Plain.lines(message.text()),
            (message.isEdited() ? " (edited)" : "")
                + (message.isOwn() ? " " + tick(message.tick()) : ""));
  }

  /** One's own ticks where there is no colour. */
  public static String tick(Tick tick) {
    return switch (tick) {
      case FAILED -> tick.mark() + " not sent";
      case WAITING, ACCEPTED, DELIVERED -> tick.mark();
      case READ -> tick.mark() + " read";
      case PLAYED -> tick.mark() + " played";
    };
  }

  /** Why something could not be said; empty if it was. */
  public static Optional<String> refusal(Saying saying) {
    return switch (saying) {
      case Saying.Said _, Saying.Done _ -> Optional.empty();
      case Saying.TooLong() ->
          Optional.of(
              "that is too long: a message has at most %d bytes"
                  .formatted(Conversations.TEXT_LIMIT_BYTES));
      case Saying.TooLate() ->
          Optional.of(
              "that came too late: a message is edited within %d minutes, deleted within %d days"
                  .formatted(
                      Conversations.EDIT_LIMIT.toMinutes(), Conversations.DELETE_LIMIT.toDays()));
      case Saying.NotPossible() ->
          Optional.of("that cannot be done: the message is not yours, is gone, or is no text");
    };
  }

  /** Why something failed, behind the wrappings of who was asked. */
  public static String failure(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
      cause = cause.getCause();
    }
    return cause instanceof MediaException media
        ? Plain.line(String.valueOf(media.getMessage()))
        : "that failed: " + Plain.line(String.valueOf(cause.getMessage()));
  }

  /** Lines; none of what is of no interest to people. */
  public List<String> text(ClientEvent event) {
    return switch (event) {
      case ClientEvent.MessageAdded(var message) -> List.of(text(message));
      case ClientEvent.MessageChanged(var message) -> List.of(text(message));
      case ClientEvent.Ticked(var messages) ->
          messages.stream().filter(Message::isOwn).map(this::text).toList();
      case ClientEvent.TimerChanged(var chat, var afterS) ->
          List.of("timer with " + names.of(chat) + ": " + Spans.text(afterS));
      case ClientEvent.Typing(var _, var account, var state) ->
          List.of(names.of(account) + (state == TypingState.PAUSED ? " stopped" : " is typing"));
      case ClientEvent.Presence(var account, var isOnline, var _) ->
          List.of(names.of(account) + (isOnline ? " is online" : " went away"));
      case ClientEvent.IdentityChanged(var account, var isHeld) ->
          List.of(
              names.of(account)
                  + " has another key than before: compare the safety number again"
                  + (isHeld ? "; until then what you say waits" : ""));
      case ClientEvent.Forgery(var account) ->
          List.of(
              "the server handed out devices that "
                  + names.of(account)
                  + " did not sign; they were not believed");
      case ClientEvent.Unreadable(var account, var isAskedAgain) ->
          List.of(
              "a message of "
                  + names.of(account)
                  + (isAskedAgain ? " could not be read; it was asked for again" : " is lost"));
      case ClientEvent.GroupChanged _ -> List.of();
      case ClientEvent.Rejected(var message, var code) ->
          List.of("not let into " + names.of(message.chat()) + ": " + Plain.line(code));
      case ClientEvent.Online() -> List.of("connected");
      case ClientEvent.CaughtUp() -> List.of();
      case ClientEvent.Offline(var why, var retryAfter) ->
          List.of(
              "not connected (%s); again in %s"
                  .formatted(Plain.line(why), Spans.text(Math.max(1, retryAfter.toSeconds()))));
      case ClientEvent.Stopped(var why) -> List.of("disconnected for good: " + Plain.line(why));
      case ClientEvent.Trouble(var what) -> List.of("trouble: " + Plain.line(what));
    };
  }

  // ---- For scripts -----------------------------------------------------------------------------

  public Map<String, @Nullable Object> fields(Message message) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", message.id());
    fields.put("chat", message.chat().toString());
    fields.put("author", message.author().toString());
    fields.put("name", names.given(message.chat()).orElse(null));
    fields.put("own", message.isOwn());
    fields.put("at", message.at().toString());
    fields.put("kind", kind(message));
    fields.put("text", message.text());
    fields.put("tick", word(message.tick()));
    fields.put("edited", message.isEdited());
    fields.put("deleted", message.isDeleted());
    return fields;
  }

  /** A device that is registered. */
  public static Map<String, Object> fields(OwnDevice own) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("account", own.address().account());
    fields.put("device", own.address().device());
    fields.put("server", own.server());
    return fields;
  }

  /** One object for each message that an event speaks of. */
  public List<Map<String, @Nullable Object>> fields(ClientEvent event) {
    return switch (event) {
      case ClientEvent.MessageAdded(var message) -> List.of(of("message", fields(message)));
      case ClientEvent.MessageChanged(var message) -> List.of(of("changed", fields(message)));
      case ClientEvent.Ticked(var messages) ->
          messages.stream().map(message -> of("ticked", fields(message))).toList();
      case ClientEvent.TimerChanged(var chat, var afterS) ->
          List.of(about("timer", chat, "afterS", afterS));
      case ClientEvent.Typing typing -> List.of(fields(typing));
      case ClientEvent.Presence presence -> List.of(fields(presence));
      case ClientEvent.IdentityChanged(var account, var isHeld) ->
          List.of(about("identity-changed", account, "held", isHeld));
      case ClientEvent.Forgery(var account) -> List.of(about("forgery", account));
      case ClientEvent.Unreadable(var account, var isAskedAgain) ->
          List.of(about("unreadable", account, "askedAgain", isAskedAgain));
      case ClientEvent.GroupChanged(var group, var version) ->
          List.of(of("group-changed", Map.of("group", group.toString(), "version", version)));
      case ClientEvent.Rejected(var message, var code) -> {
        Map<String, @Nullable Object> fields = of("rejected", fields(message));
        fields.put("code", code);
        yield List.of(fields);
      }
      case ClientEvent.Online() -> List.of(of("online", Map.of()));
      case ClientEvent.CaughtUp() -> List.of(of("caught-up", Map.of()));
      case ClientEvent.Offline(var why, var retryAfter) -> {
        Map<String, @Nullable Object> fields = of("offline", Map.of("why", why));
        fields.put("retryAfterMs", retryAfter.toMillis());
        yield List.of(fields);
      }
      case ClientEvent.Stopped(var why) -> List.of(of("stopped", Map.of("why", why)));
      case ClientEvent.Trouble(var what) -> List.of(of("trouble", Map.of("what", what)));
    };
  }

  private Map<String, @Nullable Object> fields(ClientEvent.Typing typing) {
    Map<String, @Nullable Object> fields =
        about("typing", typing.account(), "state", typing.state().name().toLowerCase(Locale.ROOT));
    fields.put("chat", typing.chat().toString());
    return fields;
  }

  private Map<String, @Nullable Object> fields(ClientEvent.Presence presence) {
    Map<String, @Nullable Object> fields =
        about("availability", presence.account(), "online", presence.isOnline());
    fields.put(
        "lastSeen",
        presence.lastSeenMs() == 0 ? null : Instant.ofEpochMilli(presence.lastSeenMs()));
    return fields;
  }

  /** As scripts see it. */
  public static String word(Tick tick) {
    return tick.name().toLowerCase(Locale.ROOT);
  }

  private static String kind(Message message) {
    return message.isDeleted()
        ? "deleted"
        : message.content().getBodyCase().name().toLowerCase(Locale.ROOT);
  }

  private Map<String, @Nullable Object> about(String event, AccountId account) {
    Map<String, @Nullable Object> fields = of(event, Map.of("account", account.toString()));
    fields.put("name", names.given(account).orElse(null));
    return fields;
  }

  private Map<String, @Nullable Object> about(
      String event, AccountId account, String key, Object value) {
    Map<String, @Nullable Object> fields = about(event, account);
    fields.put(key, value);
    return fields;
  }

  private static Map<String, @Nullable Object> of(
      String event, Map<String, ? extends @Nullable Object> more) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("event", event);
    fields.putAll(more);
    return fields;
  }
}
