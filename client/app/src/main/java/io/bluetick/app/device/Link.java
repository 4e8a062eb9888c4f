package io.bluetick.app.device;

import io.bluetick.client.chat.Contact;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.media.NewFile;
import io.bluetick.client.rest.DeviceApi;
import io.bluetick.client.rest.LinkingApi;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A device that is connected, or tries to be. What is said is in the store when the future is done,
 * and goes out as soon as there is a connection.
 */
public interface Link extends AutoCloseable {

  CompletableFuture<Saying> send(AccountId chat, String text);

  /** Fails with a {@link io.bluetick.client.media.MediaException}, as {@link #fetch} does. */
  CompletableFuture<Saying> send(AccountId chat, NewFile file);

  /** Where the file of a message lies, which is fetched if it is not here yet. */
  CompletableFuture<Path> fetch(Message message);

  CompletableFuture<Saying> reply(Message to, String text);

  CompletableFuture<Saying> edit(Message message, String text);

  CompletableFuture<Saying> delete(Message message);

  /** An empty emoji takes the reaction back. */
  CompletableFuture<Saying> react(Message to, String emoji);

  CompletableFuture<Saying> locate(AccountId chat, Place place);

  CompletableFuture<Saying> disappearAfter(AccountId chat, Duration after);

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
