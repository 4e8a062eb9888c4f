package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;
import java.util.Map;

/** Where an account's devices are connected now. */
public interface LiveSessions {

  /** While nothing in this process knows of connections. */
  LiveSessions UNKNOWN = _ -> Map.of();

  /**
   * By the number of the device; without those that are connected nowhere. Throws {@code
   * unavailable} if it cannot be told.
   */
  Map<Integer, Live> of(AccountId account);

  /**
   * A connection.
   *
   * @param node the gateway that has it
   * @param epoch tells it from the device's others: higher than those of all before it
   */
  record Live(String node, long epoch) {}
}
