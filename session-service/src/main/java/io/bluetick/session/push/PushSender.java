package io.bluetick.session.push;

import java.util.concurrent.CompletionStage;

/** One way to devices. */
public interface PushSender {

  PushKind kind();

  /**
   * Sends one push. It is called on a virtual thread and may wait a little, such as for a token of
   * its own. A stage that fails means that the provider could not be reached.
   *
   * @param token of this sender's kind; a webhook and a log get those of all kinds
   */
  CompletionStage<Outcome> send(PushToken token, Wake wake);

  /**
   * Who is at the other end. What fails or is slow there holds up nobody else; of these names there
   * are only as many as an operator lists.
   */
  default String provider(PushToken token) {
    return kind().label();
  }
}
