package io.bluetick.message.inbox;

import io.bluetick.message.mailbox.SimulatedInboxPort;

class SimulatedInboxTest extends InboxContract {
  private final Inbox inbox = new SimulatedInboxPort();

  @Override
  Inbox inbox() {
    return inbox;
  }
}
