package io.bluetick.message.inbox;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import org.springframework.beans.factory.annotation.Autowired;

@Backends({Backend.KAFKA, Backend.CASSANDRA, Backend.REDIS})
@ServiceTest
class CassandraInboxTest extends InboxContract {
  private final Inbox inbox;

  CassandraInboxTest(@Autowired Inbox inbox) {
    this.inbox = inbox;
  }

  @Override
  Inbox inbox() {
    return inbox;
  }
}
