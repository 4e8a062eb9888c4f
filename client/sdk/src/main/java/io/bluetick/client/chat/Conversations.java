package io.bluetick.client.chat;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Change.Why;
import io.bluetick.client.chat.Messages.Unread;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Edit;
import io.bluetick.client.content.Poll;
import io.bluetick.client.content.Reaction;
import io.bluetick.client.content.Reference;
import io.bluetick.client.content.Vote;
import io.bluetick.client.store.Database;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a content does to a chat, whoever said it. All times are the server's, so no device's clock
 * opens a window that has closed.
 */
public final class Conversations {
  /** An edit comes no later than this after its message. */
  public static final Duration EDIT_LIMIT = Duration.ofMinutes(15);

  /** A deletion for everyone comes no later than this. */
  public static final Duration DELETE_LIMIT = Duration.ofDays(2);

  /** How long it is known what came already: a mailbox keeps nothing longer than thirty days. */
  public static final Duration REMEMBERED = Duration.ofDays(32);

  /**
   * Of one content: encrypted for each of five devices, and for four of one's own, it still fits in
   * a frame.
   */
  static final int CONTENT_LIMIT_BYTES = 6_000;

  /** What a content gets on its way: where its file lies, to whom an own copy was said. */
  private static final int ADDED_LATER_BYTES = 128;

  /** Of one text, in UTF-8. */
  public static final int TEXT_LIMIT_BYTES = 5_500;

  /** Of one poll, and so of one vote. */
  public static final int POLL_OPTIONS_LIMIT = 32;

  private final Messages messages;
  private final Tombstones tombstones;
  private final History history;

  public Conversations(Database database) {
    this.messages = new Messages(database);
    this.tombstones = new Tombstones(database);
    this.history = messages.history();
  }

  /** Whether a text is longer than can be sent. */
  public static boolean isTooLong(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length > TEXT_LIMIT_BYTES;
  }

  /** What this account says, before it is sent. */
  public Change say(AccountId own, AccountId chat, Content content, long nowMs) {
    return isTooLong(content.getText().getText())
            || isTooLong(content.getEdit().getText())
            || content.getSerializedSize() > CONTENT_LIMIT_BYTES - ADDED_LATER_BYTES
        ? new Change.None(Why.TOO_LONG)
        : apply(new Said(own, chat, Origin.OWN, nowMs, Tick.WAITING), content);
  }

  /** What another device of this account said; it is on the server. */
  public Change saidElsewhere(AccountId own, AccountId chat, Content content, long atMs) {
    return apply(new Said(own, chat, Origin.OWN, atMs, Tick.ACCEPTED), content);
  }

  /** What somebody else says. */
  public Change hear(AccountId author, Origin origin, Content content, long atMs) {
    return hear(author, author, origin, content, atMs);
  }

  /** What somebody else says in a group. */
  public Change hear(AccountId author, AccountId group, Origin origin, Content content, long atMs) {
    return apply(new Said(author, group, origin, atMs, Tick.DELIVERED), content);
  }

  /** Who said something, where and when. */
  private record Said(AccountId author, AccountId chat, Origin origin, long atMs, Tick tick) {}

  private Change apply(Said said, Content content) {
    if (content.getSerializedSize() > CONTENT_LIMIT_BYTES) {
      return new Change.None(Why.TOO_LONG);
    }
    if (content.getId().size() != AccountId.BYTES) {
      return new Change.None(Why.NOT_POSSIBLE);
    }
    return switch (content.getBodyCase()) {
      case EDIT -> once(said, content, () -> edit(said, content));
      case DELETE -> once(said, content, () -> delete(said, content));
      case REACTION -> once(said, content, () -> react(said, content.getReaction()));
      case TIMER ->
          once(said, content, () -> timer(said, content.getTimer().getDisappearsAfterS()));
      case VOTE -> once(said, content, () -> vote(said, content.getVote()));
      case REPEAT, SEEN, SENDER_KEY -> new Change.None(Why.NO_NEWS);
      case POLL ->
          isPoll(content.getPoll()) ? add(said, content) : new Change.None(Why.NOT_POSSIBLE);
      case TEXT, ATTACHMENT, LOCATION, CONTACT, BODY_NOT_SET -> add(said, content);
    };
  }

  /** What comes again is an old word: an edit after it must not be undone by it. */
  private Change once(Said said, Content content, Supplier<Change> apply) {
    return messages.isFirst(said.author(), content.getId(), said.atMs())
        ? apply.get()
        : new Change.None(Why.NO_NEWS);
  }

  private Change add(Said said, Content content) {
    Optional<Message> added =
        messages.add(said.chat(), said.author(), content, said.origin(), said.atMs(), said.tick());
    added
        .filter(_ -> said.tick() == Tick.ACCEPTED)
        .ifPresent(message -> expire(message, said.atMs()));
    return added
        .<Change>map(message -> new Change.Added(changedEarly(said, message)))
        .orElseGet(() -> new Change.None(Why.NO_NEWS));
  }

  /** As it is once an edit or a deletion was applied that was here before it. */
  private Message changedEarly(Said said, Message message) {
    Optional<Tombstones.Early> early = tombstones.take(said.author(), message.contentId());
    if (early.isEmpty()) {
      return message;
    }
    Content content = early.get().content();
    Said then =
        new Said(said.author(), early.get().chat(), said.origin(), early.get().atMs(), said.tick());
    var _ = content.hasDelete() ? delete(then, content) : edit(then, content);
    return history.find(message.id()).orElse(message);
  }

  /** Keeps what is done to a message that is not here yet. One's own user cannot be so early. */
  private Change early(Said said, ByteString message, Content content) {
    if (said.tick() != Tick.WAITING && message.size() == AccountId.BYTES) {
      tombstones.keep(
          said.author(), message, new Tombstones.Early(said.chat(), content, said.atMs()));
    }
    return new Change.None(Why.NOT_POSSIBLE);
  }

  private Change edit(Said said, Content content) {
    Edit edit = content.getEdit();
    Optional<Message> named = history.find(said.author(), edit.getId());
    if (named.isEmpty()) {
      return early(said, edit.getId(), content);
    }
    Optional<Message> target =
        named
            .filter(message -> message.chat().equals(said.chat()))
            .filter(message -> !message.isDeleted() && message.content().hasText());
    if (target.isEmpty()) {
      return new Change.None(Why.NOT_POSSIBLE);
    }
    if (!isWithin(EDIT_LIMIT, target.get(), said)) {
      return new Change.None(Why.TOO_LATE);
    }
    if (messages.edited(target.get().id()) > content.getWrittenMs()) {
      return new Change.None(Why.NO_NEWS);
    }
    Content before = target.get().content();
    Content after =
        before.toBuilder().setText(before.getText().toBuilder().setText(edit.getText())).build();
    messages.replaceText(target.get(), after, content.getWrittenMs());
    return changed(target.get().id());
  }

  private Change delete(Said said, Content content) {
    ByteString id = content.getDelete().getId();
    Optional<Message> named = history.find(said.author(), id);
    if (named.isEmpty()) {
      return early(said, id, content);
    }
    Optional<Message> target =
        named.filter(message -> message.chat().equals(said.chat()) && !message.isDeleted());
    if (target.isEmpty()) {
      return new Change.None(Why.NOT_POSSIBLE);
    }
    if (!isWithin(DELETE_LIMIT, target.get(), said)) {
      return new Change.None(Why.TOO_LATE);
    }
    messages.delete(target.get().id());
    return changed(target.get().id());
  }

  private Change react(Said said, Reaction reaction) {
    Optional<Message> target = referred(said, reaction.getTo());
    if (target.isEmpty() || reaction.getEmoji().length() > 32) {
      return new Change.None(Why.NOT_POSSIBLE);
    }
    messages.react(target.get().id(), said.author(), reaction.getEmoji());
    return changed(target.get().id());
  }

  private Change vote(Said said, Vote vote) {
    List<Integer> options = vote.getOptionsList();
    Optional<Message> target =
        referred(said, vote.getPoll())
            .filter(message -> mayChoose(message.content().getPoll(), options));
    if (target.isEmpty()) {
      return new Change.None(Why.NOT_POSSIBLE);
    }
    messages.vote(target.get().id(), said.author(), options);
    return changed(target.get().id());
  }

  private static boolean isPoll(Poll poll) {
    return 2 <= poll.getOptionsCount() && poll.getOptionsCount() <= POLL_OPTIONS_LIMIT;
  }

  private static boolean mayChoose(Poll poll, List<Integer> options) {
    return options.size() <= (poll.getSeveral() ? poll.getOptionsCount() : 1)
        && options.stream().distinct().count() == options.size()
        && options.stream().allMatch(each -> 0 <= each && each < poll.getOptionsCount());
  }

  /** A message of the same chat that is not deleted. */
  private Optional<Message> referred(Said said, Reference reference) {
    return reference.getAuthor().size() == AccountId.BYTES
        ? history
            .find(AccountId.of(reference.getAuthor()), reference.getId())
            .filter(message -> message.chat().equals(said.chat()))
        : Optional.empty();
  }

  /** Writes down what a message is now; nothing if it was deleted. */
  public Change replace(long id, UnaryOperator<Content> now) {
    Optional<Message> message = history.find(id).filter(each -> !each.isDeleted());
    if (message.isEmpty()) {
      return new Change.None(Why.NOT_POSSIBLE);
    }
    messages.replace(id, now.apply(message.get().content()));
    return changed(id);
  }

  private Change timer(Said said, int disappearsAfterS) {
    messages.timer(said.chat(), Math.max(disappearsAfterS, 0));
    return new Change.Timer(said.chat(), Math.max(disappearsAfterS, 0));
  }

  private static boolean isWithin(Duration limit, Message message, Said said) {
    return said.atMs() - message.at().toEpochMilli() <= limit.toMillis();
  }

  private Change changed(long id) {
    return new Change.Changed(history.find(id).orElseThrow());
  }

  // ---- Ticks -----------------------------------------------------------------------------------

  /** The server has it, since this moment. */
  public Change accepted(long id, long atMs) {
    Optional<Message> message = history.find(id);
    if (message.isEmpty()) {
      return new Change.None(Why.NO_NEWS);
    }
    // A receipt may have been faster.
    messages.at(id, atMs);
    expire(message.get(), atMs);
    return messages.tick(id, Tick.ACCEPTED) ? ticked(List.of(id)) : new Change.None(Why.NO_NEWS);
  }

  /** Its recipient has it, or read it. */
  public Change came(long id, Tick tick) {
    return messages.tick(id, tick) ? ticked(List.of(id)) : new Change.None(Why.NO_NEWS);
  }

  /** Nobody will take it. */
  public Change failed(long id) {
    return messages.fail(id) ? ticked(List.of(id)) : new Change.None(Why.NO_NEWS);
  }

  public Optional<Message> find(long id) {
    return history.find(id);
  }

  private Change ticked(List<Long> ids) {
    return new Change.Ticked(ids.stream().flatMap(id -> history.find(id).stream()).toList());
  }

  /** What was read, by the device that sent it. */
  public record ReadNow(DeviceAddress device, List<Long> counters) {}

  /** Marks what others wrote as read; their devices are to be told. */
  public List<ReadNow> read(AccountId chat, int limit, long nowMs) {
    List<ReadNow> read = new ArrayList<>();
    List<Unread> unread = messages.unread(chat, limit);
    for (Unread each : unread) {
      messages.tick(each.id(), Tick.READ);
      history.find(each.id()).ifPresent(message -> expire(message, nowMs));
    }
    unread.stream()
        .map(Unread::device)
        .distinct()
        .forEach(device ->
            read.add(
                new ReadNow(
                    device,
                    unread.stream()
                        .filter(each -> each.device().equals(device))
                        .map(Unread::counter)
                        .toList())));
    return read;
  }

  private void expire(Message message, long fromMs) {
    long afterS = Integer.toUnsignedLong(message.content().getDisappearsAfterS());
    if (afterS > 0) {
      messages.expire(message.id(), fromMs + Duration.ofSeconds(afterS).toMillis());
    }
  }

  /** Removes what has disappeared by now. */
  public void sweep(long nowMs) {
    messages.sweep(nowMs);
    tombstones.sweep(nowMs - REMEMBERED.toMillis());
  }

  /** The timer of a chat, which its contents carry. */
  public int timer(AccountId chat) {
    return history.timer(chat);
  }

  /** After messages came in from elsewhere, as from a backup. */
  public static void reindex(Database database) {
    Messages.reindex(database);
  }
}
