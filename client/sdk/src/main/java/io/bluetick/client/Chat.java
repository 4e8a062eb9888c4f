package io.bluetick.client;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.content.ContactCard;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Delete;
import io.bluetick.client.content.Edit;
import io.bluetick.client.content.Location;
import io.bluetick.client.content.Poll;
import io.bluetick.client.content.Reaction;
import io.bluetick.client.content.Reference;
import io.bluetick.client.content.Text;
import io.bluetick.client.content.Timer;
import io.bluetick.client.content.Vote;
import io.bluetick.client.delivery.Engine;
import io.bluetick.client.media.Media;
import io.bluetick.client.media.NewFile;
import io.bluetick.client.signal.PeerBook;
import io.bluetick.client.signal.Peers;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.TypingState;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A chat with one account, or of one group. What is said is in the store when the future is done,
 * and on its way as soon as there is a connection; how far it came is told by events.
 */
public final class Chat {
  private static final int ID_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Engine engine;
  private final Media media;
  private final AccountId id;

  Chat(Engine engine, Media media, AccountId id) {
    this.engine = engine;
    this.media = media;
    this.id = id;
  }

  /** The account's or the group's; the history is found by it. */
  public AccountId id() {
    return id;
  }

  /** At most {@value io.bluetick.client.chat.Conversations#TEXT_LIMIT_BYTES} bytes. */
  public CompletableFuture<Saying> send(String text) {
    return say(content().setText(Text.newBuilder().setText(text)));
  }

  public CompletableFuture<Saying> reply(Message to, String text) {
    return say(content().setText(Text.newBuilder().setText(text).setReplyTo(reference(to))));
  }

  /** Sends a file when it is on the server; see {@link Media#send}. */
  public CompletableFuture<Saying> file(NewFile file) {
    return media.send(id, file);
  }

  /** Within a quarter of an hour. */
  public CompletableFuture<Saying> edit(Message message, String text) {
    return say(content().setEdit(Edit.newBuilder().setId(message.contentId()).setText(text)));
  }

  /** For everyone; within two days. */
  public CompletableFuture<Saying> delete(Message message) {
    return say(content().setDelete(Delete.newBuilder().setId(message.contentId())));
  }

  /** With one emoji; an empty one takes the reaction back. */
  public CompletableFuture<Saying> react(Message to, String emoji) {
    return say(content().setReaction(Reaction.newBuilder().setTo(reference(to)).setEmoji(emoji)));
  }

  public CompletableFuture<Saying> location(double latitude, double longitude, String label) {
    return say(
        content()
            .setLocation(
                Location.newBuilder()
                    .setLatitude(latitude)
                    .setLongitude(longitude)
                    .setLabel(label)));
  }

  public CompletableFuture<Saying> contact(String name, String number) {
    return say(content().setContact(ContactCard.newBuilder().setName(name).setNumber(number)));
  }

  /** Of two options or more, of which each may choose one. */
  public CompletableFuture<Saying> poll(String question, List<String> options) {
    return poll(question, options, false);
  }

  /** Of two options or more, of which each may choose several. */
  public CompletableFuture<Saying> pollOfSeveral(String question, List<String> options) {
    return poll(question, options, true);
  }

  private CompletableFuture<Saying> poll(
      String question, List<String> options, boolean isOfSeveral) {
    Poll.Builder poll =
        Poll.newBuilder().setQuestion(question).addAllOptions(options).setSeveral(isOfSeveral);
    return say(content().setPoll(poll));
  }

  /** Chooses options of a poll by their places, from 0, instead of those before; none: no more. */
  public CompletableFuture<Saying> vote(Message poll, List<Integer> options) {
    return say(
        content().setVote(Vote.newBuilder().setPoll(reference(poll)).addAllOptions(options)));
  }

  /** From now on what is said here disappears so long after it was read; zero: it stays. */
  public CompletableFuture<Saying> disappearAfter(Duration after) {
    return say(
        content()
            .setTimer(Timer.newBuilder().setDisappearsAfterS(Math.toIntExact(after.toSeconds()))));
  }

  /** Everything was read; answers how much. */
  public CompletableFuture<Integer> read() {
    return engine.read(id);
  }

  /** The others see that this one types; to be repeated every ten seconds. */
  public void typing() {
    engine.typing(id, TypingState.TYPING);
  }

  public void stoppedTyping() {
    engine.typing(id, TypingState.PAUSED);
  }

  /** Wants to hear when the other one comes and goes, as long as this connection lasts. */
  public void watch() {
    engine.watch(id);
  }

  /**
   * Whether what is said here waits: the other one's key had been verified, and is another since.
   * {@link Client#verified} lets it go, and {@link #trust}.
   */
  public CompletableFuture<Boolean> isHeld() {
    return engine.with(database -> new PeerBook(database).isHeld(id));
  }

  /** Goes on with the other one's new key without comparing; false if nothing was held. */
  public CompletableFuture<Boolean> trust() {
    return engine.with(database -> new Peers(database).trust(id));
  }

  private CompletableFuture<Saying> say(Content.Builder content) {
    return engine.say(id, content.build());
  }

  private static Content.Builder content() {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    return Content.newBuilder().setId(ByteString.copyFrom(id));
  }

  private static Reference reference(Message message) {
    return Reference.newBuilder()
        .setAuthor(message.author().bytes())
        .setId(message.contentId())
        .build();
  }
}
