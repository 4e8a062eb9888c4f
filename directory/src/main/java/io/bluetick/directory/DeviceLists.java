package io.bluetick.directory;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.KnownDevices;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Who knows the device lists that Redis does not: session-service. */
public interface DeviceLists {

  /**
   * The lists of these accounts, one for each; that of an account that does not exist has version
   * 0. Asking also fills the directory.
   */
  CompletionStage<Map<AccountId, KnownDevices>> load(Collection<AccountId> accounts);
}
