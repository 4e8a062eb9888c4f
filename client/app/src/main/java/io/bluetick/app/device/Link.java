package io.bluetick.app.device;

import io.bluetick.client.chat.Contact;
import io.bluetick.client.chat.Message;
import io.bluetick.client.rest.DeviceApi;
import io.bluetick.client.rest.LinkingApi;
import io.bluetick.protocol.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A device that is connected, or tries to be. What is said is in the store when the future is done,
 * and goes out as soon as there is a connection. An empty answer: there was nothing to be done,
 * because it came too late or is not one's own.
 */
public interface Link extends AutoCloseable {

  CompletableFuture<Optional<Message>> send(AccountId chat, String text);

  CompletableFuture<Optional<Message>> reply(Message to, String text);

  CompletableFuture<Optional<Message>> edit(Message message, String text);

  CompletableFuture<Optional<Message>> delete(Message message);

  /** An empty emoji takes the reaction back. */
  CompletableFuture<Optional<Message>> react(Message to, String emoji);

  CompletableFuture<Optional<Message>> locate(AccountId chat, Place place);

  CompletableFuture<Optional<Message>> disappearAfter(AccountId chat, Duration after);

  /** Marks what others wrote as read, a bounded number at a time; answers how much. */
  CompletableFuture<Integer> read(AccountId chat);

  /** The other one sees that this one types; to be repeated every ten seconds. */
  void typing(AccountId chat, boolean isTyping);

  /** Wants to hear when somebody comes and goes, as long as this connection lasts. */
  void watch(AccountId account);

  /** False if somebody else has the name. */
  CompletableFuture<Boolean> name(Contact contact);

  /** The user compared safety numbers with somebody, or takes it back. */
  CompletableFuture<Boolean> verified(AccountId account, boolean isVerified);

  /** Goes on with somebody's new key without comparing; false if nothing was held. */
  CompletableFuture<Boolean> trust(AccountId account);

  // ---- The account's devices -------------------------------------------------------------------

  /** As the server has them, the primary first. */
  CompletableFuture<List<DeviceApi.Device>> devices();

  /**
   * Takes a companion in, by its code. For the primary. Ends with a {@link
   * io.bluetick.client.linking.LinkingException} if the code is none, or not of what is offered.
   */
  CompletableFuture<LinkingApi.Linked> take(String code);

  /** Puts a companion out. For the primary. */
  CompletableFuture<Boolean> remove(int number);

  /** Ends the connection. What was not sent yet is sent the next time. */
  @Override
  void close();

  /** A place on earth, in degrees. */
  record Place(double latitude, double longitude, String label) {}
}
