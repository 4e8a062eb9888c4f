package io.bluetick.session.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.KnownDevices;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Accounts as this instance remembers them, so that a device that reconnects costs no query. That a
 * list is too old shows when Redis knows a newer one; that an account was suspended is told by
 * {@link DeviceChannel}, and forgotten with the entry if that told nobody.
 */
@Component
class KnownAccounts {
  private static final Logger LOG = LoggerFactory.getLogger(KnownAccounts.class);

  private final PostgresAccounts rows;
  private final Cache<AccountId, KnownAccount> cache;
  private final AtomicLong changes = new AtomicLong();

  KnownAccounts(PostgresAccounts rows, DirectorySettings settings) {
    this.rows = rows;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(settings.accounts())
            .expireAfterWrite(settings.memory())
            .build();
  }

  /**
   * What is known of some accounts.
   *
   * @param remembered those that were not read just now
   */
  record Found(Map<AccountId, KnownAccount> accounts, Set<AccountId> remembered) {}

  /**
   * Each of these accounts; the ones that are not remembered by one query. While PostgreSQL is away
   * those are missing in the answer.
   */
  Found get(Collection<AccountId> accounts) {
    Map<AccountId, KnownAccount> remembered = cache.getAllPresent(accounts);
    if (remembered.size() == accounts.size()) {
      return new Found(remembered, remembered.keySet());
    }
    Set<AccountId> unknown = new HashSet<>(accounts);
    unknown.removeAll(remembered.keySet());
    Map<AccountId, KnownAccount> all = new HashMap<>(remembered);
    all.putAll(reload(unknown));
    return new Found(all, remembered.keySet());
  }

  /** Each of these accounts as PostgreSQL has it now; none while it is away. */
  Map<AccountId, KnownAccount> reload(Collection<AccountId> accounts) {
    try {
      return load(accounts);
    } catch (DataAccessException e) {
      LOG.warn("event=accounts_not_loaded count={} cause={}", accounts.size(), e.toString());
      return Map.of();
    }
  }

  /** As {@link #reload}, but fails while PostgreSQL is away. */
  Map<AccountId, KnownAccount> load(Collection<AccountId> accounts) {
    long before = changes.get();
    Map<AccountId, KnownAccount> loaded = rows.load(accounts);
    if (changes.get() == before) { // Else what was read may be what has just changed.
      loaded.forEach((id, account) -> {
        if (account.exists()) {
          cache.put(id, account);
        }
      });
    }
    return loaded;
  }

  /** As those who route ask for them; away from Redis's threads, which must not wait. */
  CompletionStage<Map<AccountId, KnownDevices>> lists(Collection<AccountId> accounts) {
    return CompletableFuture.supplyAsync(
        () -> {
          Map<AccountId, KnownDevices> lists = new HashMap<>();
          load(accounts).forEach((id, account) -> lists.put(id, account.devices()));
          return lists;
        },
        Thread::startVirtualThread);
  }

  void forget(AccountId account) {
    changes.incrementAndGet();
    cache.invalidate(account);
  }

  /** Changes may have been missed. */
  void forgetAll() {
    changes.incrementAndGet();
    cache.invalidateAll();
  }
}
