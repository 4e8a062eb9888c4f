package io.bluetick.message.people;

import io.bluetick.message.mailbox.Membership;
import io.bluetick.protocol.AccountId;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Who is in which group. Any thread may call it; none waits. */
public interface Groups {

  /**
   * The members of these groups, an entry for each; {@link Membership#NONE} of one that does not
   * exist. Fails with {@link PeopleAwayException} and nothing else.
   */
  CompletionStage<Map<AccountId, Membership>> load(Collection<AccountId> groups);
}
