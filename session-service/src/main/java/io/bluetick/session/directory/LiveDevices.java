package io.bluetick.session.directory;

import io.bluetick.directory.AccountEntry;
import io.bluetick.directory.Directory;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.LiveSessions;
import io.bluetick.session.push.Connections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Where devices are connected, for the features of this service that ask. */
final class LiveDevices implements LiveSessions, Connections {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  /** Accounts of one question. */
  private static final int BATCH = 1_000;

  private final Directory directory;

  LiveDevices(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Map<Integer, Live> of(AccountId account) {
    return entry(load(List.of(account)), account).routes().values().stream()
        .collect(
            Collectors.toMap(
                route -> route.device(), route -> new Live(route.place().node(), route.epoch())));
  }

  @Override
  public Map<DeviceAddress, State> of(Collection<DeviceAddress> devices) {
    List<AccountId> accounts =
        devices.stream().map(DeviceAddress::account).distinct().collect(Collectors.toList());
    Map<AccountId, AccountEntry> entries = new HashMap<>();
    for (int from = 0; from < accounts.size(); from += BATCH) {
      entries.putAll(
          load(new ArrayList<>(accounts.subList(from, Math.min(accounts.size(), from + BATCH)))));
    }
    Map<DeviceAddress, State> states = new HashMap<>();
    for (DeviceAddress device : devices) {
      state(entry(entries, device.account()), device.device())
          .ifPresent(state -> states.put(device, state));
    }
    return states;
  }

  private static Optional<State> state(AccountEntry account, int device) {
    if (account.routes().containsKey(device)) {
      return Optional.of(new State.Connected());
    }
    return Optional.ofNullable(account.epochs().get(device))
        .map(epoch -> new State.Away(Instant.ofEpochMilli(epoch)));
  }

  private static AccountEntry entry(Map<AccountId, AccountEntry> entries, AccountId account) {
    return entries.getOrDefault(account, AccountEntry.NONE);
  }

  private Map<AccountId, AccountEntry> load(List<AccountId> accounts) {
    try {
      return directory
          .load(accounts)
          .toCompletableFuture()
          .orTimeout(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw new BluetickException(ErrorCode.UNAVAILABLE, "The directory does not answer.", e);
    }
  }
}
