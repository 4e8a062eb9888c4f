package io.bluetick.directory;

import io.bluetick.directory.AccountEntry.ListedDevice;
import io.bluetick.directory.DirectoryFormat.Stored;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.KnownDevices;
import io.lettuce.core.output.MapOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads the directory: which devices an account has, and where each is connected. Any thread may
 * use it; none waits.
 */
public final class Directory {
  private final DirectoryLink link;
  private final DeviceLists lists;
  private final LivingNodes nodes;

  /**
   * A reader.
   *
   * @param lists is asked for accounts that Redis does not know
   */
  public Directory(DirectoryLink link, DeviceLists lists, DirectoryLimits limits) {
    this.link = link;
    this.lists = lists;
    this.nodes = new LivingNodes(link, limits.leaseAge(), System::nanoTime);
  }

  /**
   * What is known of these accounts, an entry for each. A route is told only if its device is in
   * the list, with the registration that opened it, and its gateway lives.
   *
   * <p>All accounts are one round trip; a second asks for the leases of gateways that were not
   * asked for lately, and accounts unknown to Redis are a call to session-service.
   *
   * @param accounts at most {@link DirectoryLimits#MAX_ACCOUNTS}
   * @return fails with {@link DirectoryAwayException} and nothing else
   */
  public CompletionStage<Map<AccountId, AccountEntry>> load(Collection<AccountId> accounts) {
    Set<AccountId> asked = new LinkedHashSet<>(accounts);
    if (asked.size() > DirectoryLimits.MAX_ACCOUNTS) {
      throw new IllegalArgumentException("too many accounts: " + asked.size());
    }
    return Answers.typed(stored(asked).thenCompose(this::withUnknown).thenCompose(this::entries));
  }

  /**
   * As {@link #load}, without Redis: nobody is known to be connected.
   *
   * @return fails with {@link DirectoryAwayException} and nothing else
   */
  public CompletionStage<Map<AccountId, AccountEntry>> loadUnreachable(
      Collection<AccountId> accounts) {
    return Answers.typed(
        fromLists(Set.copyOf(accounts))
            .thenApply(stored -> {
              Map<AccountId, AccountEntry> entries = new HashMap<>();
              stored.forEach((account, known) -> entries.put(account, entry(known)));
              return entries;
            }));
  }

  /**
   * As {@link #load}, without session-service: only of those that Redis knows.
   *
   * @return fails with {@link DirectoryAwayException} and nothing else
   */
  public CompletionStage<Map<AccountId, AccountEntry>> loadKnown(Collection<AccountId> accounts) {
    return Answers.typed(
        stored(Set.copyOf(accounts))
            .thenCompose(stored -> {
              Map<AccountId, Stored> known = new HashMap<>();
              stored.forEach(
                  (account, found) -> found.ifPresent(entry -> known.put(account, entry)));
              return entries(known);
            }));
  }

  private CompletableFuture<Map<AccountId, Optional<Stored>>> stored(Set<AccountId> accounts) {
    Map<AccountId, AsyncCommand<String, byte[], Map<String, byte[]>>> asked = new LinkedHashMap<>();
    accounts.forEach(account -> asked.put(account, fields(account)));
    List<AsyncCommand<String, byte[], ?>> commands = new ArrayList<>(asked.values());
    for (int from = 0; from < commands.size(); from += DirectoryLimits.MAX_PIPELINED) {
      link.send(
          commands.subList(from, Math.min(commands.size(), from + DirectoryLimits.MAX_PIPELINED)));
    }
    return CompletableFuture.allOf(commands.toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          Map<AccountId, Optional<Stored>> stored = new HashMap<>();
          asked.forEach(
              (account, fields) -> stored.put(account, DirectoryFormat.stored(fields.join())));
          return stored;
        });
  }

  private static AsyncCommand<String, byte[], Map<String, byte[]>> fields(AccountId account) {
    CommandArgs<String, byte[]> args =
        new CommandArgs<>(DirectoryLink.CODEC).addKey(DirectoryFormat.key(account));
    return new AsyncCommand<>(
        new Command<>(CommandType.HGETALL, new MapOutput<>(DirectoryLink.CODEC), args));
  }

  private CompletionStage<Map<AccountId, Stored>> withUnknown(
      Map<AccountId, Optional<Stored>> stored) {
    Map<AccountId, Stored> all = new HashMap<>();
    List<AccountId> unknown = new ArrayList<>();
    stored.forEach((account, known) ->
        known.ifPresentOrElse(found -> all.put(account, found), () -> unknown.add(account)));
    if (unknown.isEmpty()) {
      return CompletableFuture.completedFuture(all);
    }
    return fromLists(unknown)
        .thenApply(loaded -> {
          all.putAll(loaded);
          return all;
        });
  }

  private CompletionStage<Map<AccountId, Stored>> fromLists(Collection<AccountId> accounts) {
    return lists
        .load(accounts)
        .thenApply(loaded -> {
          Map<AccountId, Stored> stored = new HashMap<>();
          for (AccountId account : accounts) {
            KnownDevices list = loaded.getOrDefault(account, KnownDevices.getDefaultInstance());
            stored.put(account, new Stored(list, Map.of()));
          }
          return stored;
        });
  }

  private CompletionStage<Map<AccountId, AccountEntry>> entries(Map<AccountId, Stored> stored) {
    Set<String> named = new HashSet<>();
    Map<AccountId, AccountEntry> entries = new HashMap<>();
    stored.forEach((account, known) -> {
      AccountEntry entry = entry(known);
      entry.routes().values().forEach(route -> named.add(route.place().node()));
      entries.put(account, entry);
    });
    return nodes
        .of(named)
        .thenApply(living -> {
          entries.replaceAll((_, entry) -> reachable(entry, living));
          return entries;
        });
  }

  /** With the routes of its devices, whether their gateways live or not. */
  private static AccountEntry entry(Stored stored) {
    if (stored.list().getVersion() == 0) {
      return AccountEntry.NONE;
    }
    Map<Integer, ListedDevice> devices = DirectoryFormat.listed(stored.list());
    Map<Integer, LiveRoute> routes = new HashMap<>();
    Map<Integer, Long> epochs = new HashMap<>();
    stored
        .devices()
        .forEach((number, device) -> {
          ListedDevice listed = devices.get(number);
          if (listed != null && listed.registration() == device.registration()) {
            epochs.put(number, device.epoch());
            device.routes().stream().findFirst().ifPresent(route -> routes.put(number, route));
          }
        });
    return new AccountEntry(stored.list().getVersion(), devices, routes, epochs);
  }

  private static AccountEntry reachable(AccountEntry entry, Set<String> living) {
    Map<Integer, LiveRoute> routes = new HashMap<>(entry.routes());
    routes.values().removeIf(route -> !living.contains(route.place().node()));
    return new AccountEntry(entry.listVersion(), entry.devices(), routes, entry.epochs());
  }
}
