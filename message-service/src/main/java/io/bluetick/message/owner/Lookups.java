package io.bluetick.message.owner;

import io.bluetick.directory.AccountEntry;
import io.bluetick.directory.Directory;
import io.bluetick.directory.DirectoryLimits;
import io.bluetick.message.mailbox.Membership;
import io.bluetick.message.people.BlockLists;
import io.bluetick.message.people.Groups;
import io.bluetick.protocol.AccountId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * What must be known of accounts and groups before their commands can be obeyed. Any thread may
 * call it; none waits.
 *
 * <p>While Redis is away nobody is known to be connected: messages wait in the inbox. While
 * session-service is away nothing is known of accounts that Redis does not know. While user-service
 * is away nobody is known to be blocked, because messaging goes on without it and devices know whom
 * they block; and groups are {@link Membership#UNKNOWN}, so that senders are told to try again.
 */
final class Lookups {
  private final Directory directory;
  private final BlockLists blockLists;
  private final Groups groups;
  private final OwnerMetrics metrics;

  /** What is known of an account. */
  record Known(AccountEntry entry, Set<AccountId> blocked) {}

  /**
   * One of each for everybody who was asked for, but for accounts that nobody can tell of.
   *
   * @param isWithoutRoutes Redis was away: whether they are connected is not known
   */
  record Found(
      Map<AccountId, Known> accounts, Map<AccountId, Membership> groups, boolean isWithoutRoutes) {
    static final Found NOTHING = new Found(Map.of(), Map.of(), false);
  }

  Lookups(Directory directory, BlockLists blockLists, Groups groups, OwnerMetrics metrics) {
    this.directory = directory;
    this.blockLists = blockLists;
    this.groups = groups;
    this.metrics = metrics;
  }

  /** Those whom Redis knows; while it is away, whom session-service knows. Never fails. */
  CompletionStage<Found> known(Set<AccountId> accounts, Set<AccountId> groupIds) {
    return redis(accounts)
        .thenCompose(entries -> with(accounts, entries))
        .thenCombine(
            memberships(groupIds),
            (found, groups) -> new Found(found.accounts(), groups, found.isWithoutRoutes()));
  }

  /** Also those of whom session-service alone knows. Never fails. */
  CompletionStage<Found> all(Set<AccountId> accounts) {
    return redis(accounts)
        .thenCompose(entries -> {
          Set<AccountId> rest = new HashSet<>(accounts);
          rest.removeAll(entries.entries().keySet());
          return entries.isAway() || rest.isEmpty()
              ? CompletableFuture.completedStage(entries)
              : sessions(rest).thenApply(more -> entries.and(more));
        })
        .thenCompose(entries -> with(accounts, entries));
  }

  /** Devices, and whether Redis was away. */
  private record Entries(Map<AccountId, AccountEntry> entries, boolean isAway) {
    Entries and(Map<AccountId, AccountEntry> more) {
      Map<AccountId, AccountEntry> together = new HashMap<>(entries);
      together.putAll(more);
      return new Entries(together, isAway);
    }
  }

  private CompletionStage<Entries> redis(Set<AccountId> accounts) {
    if (accounts.isEmpty()) {
      return CompletableFuture.completedStage(new Entries(Map.of(), false));
    }
    return inParts(accounts, directory::loadKnown)
        .thenApply(entries -> new Entries(entries, false))
        .exceptionallyCompose(_ -> {
          metrics.missed("routes");
          return sessions(accounts).thenApply(entries -> new Entries(entries, true));
        });
  }

  private CompletionStage<Map<AccountId, AccountEntry>> sessions(Set<AccountId> accounts) {
    return inParts(accounts, directory::loadUnreachable)
        .exceptionally(_ -> {
          metrics.missed("devices");
          return Map.of();
        });
  }

  private CompletionStage<Found> with(Set<AccountId> accounts, Entries entries) {
    CompletionStage<Map<AccountId, Set<AccountId>>> blocked =
        accounts.isEmpty()
            ? CompletableFuture.completedStage(Map.of())
            : blockLists
                .load(accounts)
                .exceptionally(_ -> {
                  metrics.missed("blocks");
                  return Map.of();
                });
    return blocked.thenApply(
        lists -> new Found(known(entries.entries(), lists), Map.of(), entries.isAway()));
  }

  private static Map<AccountId, Known> known(
      Map<AccountId, AccountEntry> entries, Map<AccountId, Set<AccountId>> blocked) {
    Map<AccountId, Known> known = new HashMap<>();
    entries.forEach((account, entry) ->
        known.put(account, new Known(entry, blocked.getOrDefault(account, Set.of()))));
    return known;
  }

  private CompletionStage<Map<AccountId, Membership>> memberships(Set<AccountId> ids) {
    if (ids.isEmpty()) {
      return CompletableFuture.completedStage(Map.of());
    }
    return groups
        .load(ids)
        .exceptionally(_ -> {
          metrics.missed("groups");
          Map<AccountId, Membership> unknown = new HashMap<>();
          ids.forEach(id -> unknown.put(id, Membership.UNKNOWN));
          return unknown;
        });
  }

  /** One pipeline, unless so many are asked for that it is several. */
  private static CompletionStage<Map<AccountId, AccountEntry>> inParts(
      Collection<AccountId> accounts,
      Function<Collection<AccountId>, CompletionStage<Map<AccountId, AccountEntry>>> load) {
    List<AccountId> all = new ArrayList<>(accounts);
    BinaryOperator<Map<AccountId, AccountEntry>> both =
        (some, more) -> {
          Map<AccountId, AccountEntry> together = new HashMap<>(some);
          together.putAll(more);
          return together;
        };
    CompletionStage<Map<AccountId, AccountEntry>> loaded =
        CompletableFuture.completedStage(Map.of());
    for (int from = 0; from < all.size(); from += DirectoryLimits.MAX_ACCOUNTS) {
      int to = Math.min(all.size(), from + DirectoryLimits.MAX_ACCOUNTS);
      loaded = loaded.thenCombine(load.apply(all.subList(from, to)), both);
    }
    return loaded;
  }
}
