package io.bluetick.message.people;

import io.bluetick.protocol.AccountId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Whom accounts do not want to hear of. Any thread may call it; none waits. */
public interface BlockLists {

  /**
   * The block lists of these accounts, an entry for each, empty ones too. Fails with {@link
   * PeopleAwayException} and nothing else.
   */
  CompletionStage<Map<AccountId, Set<AccountId>>> load(Collection<AccountId> accounts);
}
