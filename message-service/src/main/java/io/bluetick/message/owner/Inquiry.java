package io.bluetick.message.owner;

import io.bluetick.message.owner.OwnedPartition.Question;
import io.bluetick.protocol.AccountId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for whom the partitions of a thread do not know: once a turn, for all of them together. What
 * session-service alone may know is asked apart, so that nobody else waits for it.
 */
final class Inquiry {
  private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

  private final Lookups lookups;
  private final Returns returns;

  Inquiry(Lookups lookups, Returns returns) {
    this.lookups = lookups;
    this.returns = returns;
  }

  void lookUp(Collection<OwnedPartition> owned) {
    Map<OwnedPartition, Question> waiting = new LinkedHashMap<>();
    Map<OwnedPartition, Question> again = new LinkedHashMap<>();
    for (OwnedPartition partition : owned) {
      Question question = partition.ask();
      if (!question.isEmpty()) {
        waiting.put(partition, question);
      } else if (question.batches() > 0) {
        partition.know(question, Lookups.Found.NOTHING);
      }
      Question more = partition.askAgain();
      if (!more.isEmpty()) {
        again.put(partition, more);
      }
    }
    if (!waiting.isEmpty()) {
      told(waiting, lookups.known(accounts(waiting), groups(waiting)));
    }
    if (!again.isEmpty()) {
      told(again, lookups.all(accounts(again)));
    }
  }

  private void told(
      Map<OwnedPartition, Question> questions, CompletionStage<Lookups.Found> answer) {
    var _ =
        answer.whenComplete((found, failure) -> {
          if (failure != null) {
            LOG.error("event=look_up_failed", failure); // It never does.
          }
          Lookups.Found told = failure == null ? found : Lookups.Found.NOTHING;
          returns.add(() -> questions.forEach((of, question) -> of.know(question, told)));
        });
  }

  private static Set<AccountId> accounts(Map<OwnedPartition, Question> questions) {
    Set<AccountId> accounts = new HashSet<>();
    questions.values().forEach(question -> accounts.addAll(question.accounts()));
    return accounts;
  }

  private static Set<AccountId> groups(Map<OwnedPartition, Question> questions) {
    Set<AccountId> groups = new HashSet<>();
    questions.values().forEach(question -> groups.addAll(question.groups()));
    return groups;
  }
}
