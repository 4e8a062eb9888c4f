package io.bluetick.app.device;

import io.bluetick.client.device.OwnDevice;
import org.jspecify.annotations.Nullable;

/** A code is on its way to a number; who knows it registers. */
public interface Verification extends AutoCloseable {

  /** Names the verification in the server's log. */
  String session();

  /**
   * Registers with the code.
   *
   * @param name of the device
   * @param pin if the account is guarded by one
   */
  OwnDevice finish(String code, String name, @Nullable String pin);

  @Override
  void close();
}
