package io.bluetick.client.chat;

import com.google.protobuf.ByteString;
import io.bluetick.client.content.Content;
import io.bluetick.protocol.AccountId;
import java.time.Instant;

/**
 * A message of a chat.
 *
 * @param id its row in this store; later ones are higher
 * @param chat with whom: the other account, or the group
 * @param author who wrote it
 * @param contentId its name on all devices
 * @param at by the server's clock
 * @param text what is shown; of what is not text, what it is
 * @param content all of it; without a body when it was deleted
 * @param origin where it came from, if not from this account
 */
public record Message(
    long id,
    AccountId chat,
    AccountId author,
    ByteString contentId,
    Instant at,
    String text,
    Tick tick,
    boolean isEdited,
    boolean isDeleted,
    Content content,
    Origin origin) {

  /** Whether this account wrote it. */
  public boolean isOwn() {
    return origin.equals(Origin.OWN);
  }

  @Override
  public String toString() {
    return "Message[" + id + ", " + tick + "]";
  }
}
