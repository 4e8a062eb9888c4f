package io.bluetick.app.device;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Contact;
import io.bluetick.client.chat.History.Reaction;
import io.bluetick.client.chat.Message;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.store.Restoration;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A profile, opened: what was said, and who is who. Any thread may ask. Only {@link #connect} needs
 * a server.
 */
public interface Device extends AutoCloseable {

  /** Who this is; empty before it is registered. */
  Optional<OwnDevice> own();

  // ---- Contacts --------------------------------------------------------------------------------

  /** By name. */
  List<Contact> contacts();

  Optional<Contact> named(String name);

  Optional<Contact> contact(AccountId account);

  // ---- What was said ---------------------------------------------------------------------------

  /** The newest messages of a chat, oldest first. */
  List<Message> newest(AccountId chat, int limit);

  /** The messages before one of them, oldest first. */
  List<Message> before(Message message, int limit);

  /** Of all chats, newest first. */
  List<Message> search(String words, int limit);

  /** Of one chat, newest first. */
  List<Message> search(AccountId chat, String words, int limit);

  Optional<Message> find(AccountId author, ByteString contentId);

  List<Reaction> reactions(Message message);

  /** After how many seconds what is said disappears; 0: it stays. */
  int timer(AccountId chat);

  /** Sixty digits to compare; none before the first message between the two. */
  Optional<String> safetyNumber(AccountId other);

  /** Whether what is said to somebody waits, because a key that was verified changed. */
  boolean isHeld(AccountId other);

  // ---- Backups ---------------------------------------------------------------------------------

  Path backup(char[] passphrase);

  /** Takes in what a backup holds, unless something was said here already. */
  Restoration restore(Path file, char[] passphrase);

  /**
   * Begins to keep a connection.
   *
   * @param listener hears what happens, in order, on a thread of its own
   * @throws IllegalStateException if the profile is not registered
   */
  default Link connect(Consumer<ClientEvent> listener) {
    return connect(listener, _ -> {});
  }

  /**
   * The same, watched.
   *
   * @param frames sees each frame that goes out, as the server reads it; at once, on a thread that
   *     waits for it
   */
  Link connect(Consumer<ClientEvent> listener, Consumer<byte[]> frames);

  /** Lets other processes open the profile. Its links are closed before. */
  @Override
  void close();
}
