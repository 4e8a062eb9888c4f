package io.bluetick.app.device;

import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.linking.LinkingCode;
import java.time.Duration;
import java.util.Optional;

/** A profile that offers itself to somebody's account, for a minute and a half. */
public interface Offering extends AutoCloseable {

  /** For the account's primary, and nobody else. */
  LinkingCode code();

  /**
   * Waits for the primary; empty if it has not linked this device within this time.
   *
   * @param wait up to 25 seconds
   * @throws io.bluetick.client.linking.LinkingException if the primary does not vouch for what the
   *     server says
   * @throws io.bluetick.client.rest.ApiException with {@code expired} when the offer has ended
   */
  Optional<OwnDevice> finish(Duration wait);

  @Override
  void close();
}
