package io.bluetick.message.people;

import io.bluetick.message.mailbox.Membership;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.GroupChanged;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What user-service knows, in memory. {@link PeopleContract} holds it to what the real one does.
 */
public final class PeopleForTests {
  private final Map<AccountId, GroupChanged> groups = new ConcurrentHashMap<>();
  private final Map<AccountId, Set<AccountId>> blocked = new ConcurrentHashMap<>();
  private volatile boolean isAway;

  public void group(AccountId group, GroupChanged now) {
    groups.put(group, now);
  }

  public void block(AccountId account, Set<AccountId> unwanted) {
    blocked.put(account, unwanted);
  }

  public void away(boolean now) {
    isAway = now;
  }

  public Groups groups() {
    return ids -> load(ids, id -> groupNow(id).map(Membership::of).orElse(Membership.NONE));
  }

  public BlockLists blockLists() {
    return ids -> load(ids, this::blockedNow);
  }

  Optional<GroupChanged> groupNow(AccountId group) {
    return Optional.ofNullable(groups.get(group));
  }

  Set<AccountId> blockedNow(AccountId account) {
    return blocked.getOrDefault(account, Set.of());
  }

  private <T> CompletionStage<Map<AccountId, T>> load(
      Collection<AccountId> ids, Function<AccountId, T> known) {
    return isAway && !ids.isEmpty()
        ? CompletableFuture.failedFuture(new PeopleAwayException(new IllegalStateException("away")))
        : CompletableFuture.completedFuture(
            ids.stream().distinct().collect(Collectors.toMap(Function.identity(), known)));
  }
}
