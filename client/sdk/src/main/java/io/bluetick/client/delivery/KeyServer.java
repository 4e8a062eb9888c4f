package io.bluetick.client.delivery;

import io.bluetick.client.signal.Bundle;
import io.bluetick.client.signal.PreKeys;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Where keys are. All calls wait, and none throws: a failure is an answer. */
public interface KeyServer {

  /** An answer. */
  sealed interface Answer<T> {}

  /** As asked. */
  record Given<T>(T value) implements Answer<T> {}

  /** No, and not later either. */
  record Refused<T>(String code) implements Answer<T> {}

  /** Not now. */
  record Later<T>(Duration after) implements Answer<T> {}

  /** What it takes to write to an account. */
  record Keys(long routeVersion, SignedDeviceList list, List<Bundle> bundles) {}

  /** How many one-time keys are left. */
  record Stock(int curve, int kyber) {}

  /** Who the devices of an account are; without bundles. */
  Answer<Keys> list(AccountId account);

  /** Takes one-time keys away; of all devices if none is named. */
  Answer<Keys> bundles(AccountId account, Set<Integer> devices);

  Answer<Stock> stock();

  Answer<Stock> upload(PreKeys.Fresh keys);
}
