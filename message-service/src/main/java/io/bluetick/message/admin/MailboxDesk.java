package io.bluetick.message.admin;

import io.bluetick.message.inbox.Inbox;
import io.bluetick.message.inbox.InboxAwayException;
import io.bluetick.message.inbox.Waiting;
import io.bluetick.message.quarantine.CommandLog;
import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.v1.EmptyQueues;
import io.bluetick.protocol.v1.MailboxCommand;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** A mailbox seen from outside: what waits in its inbox, and a way to empty it. */
@Component
class MailboxDesk {
  private static final int ANSWER_LIMIT_S = 10;

  private final Inbox inbox;
  private final CommandLog log;
  private final int partitions;

  MailboxDesk(Inbox inbox, CommandLog log, KafkaSettings kafka) {
    this.inbox = inbox;
    this.log = log;
    this.partitions = kafka.partitions();
  }

  /** What came within the last seconds is not there yet. */
  List<Waiting> waiting(AccountId account) {
    try {
      return inbox.waiting(account).toCompletableFuture().get(ANSWER_LIMIT_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof InboxAwayException away ? away : away(e);
    } catch (TimeoutException e) {
      throw away(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away(e);
    }
  }

  private static BluetickException away(Exception cause) {
    return new BluetickException(
        ErrorCode.UNAVAILABLE, "The inbox does not answer; try again later.", cause);
  }

  /** Done when the owner of its partition comes to it: the log has the order of all commands. */
  void empty(AccountId account) {
    log.append(
        Partitions.of(account, partitions),
        MailboxCommand.newBuilder()
            .setActor(account.bytes())
            .setEmptyQueues(EmptyQueues.getDefaultInstance())
            .build());
  }
}
