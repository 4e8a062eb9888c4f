package io.bluetick.app.device;

import java.net.URI;

/** The profiles of whoever uses this machine, by name. */
public interface Profiles {

  boolean exists(String name);

  /**
   * Opens a profile, and makes it first if there is none.
   *
   * @param passphrase wiped by the caller
   * @throws io.bluetick.client.Profile.WrongPassphraseException if it is not the profile's
   * @throws io.bluetick.client.store.StoreException above all if another process has it open
   */
  Device open(String name, char[] passphrase);

  /**
   * Has a code sent to a number, for a profile that is open.
   *
   * @throws io.bluetick.client.rest.ApiException if the server is not there or refuses
   */
  Verification begin(Device device, URI server, String number);

  /**
   * Offers a profile that is open to whoever scans its code.
   *
   * @param name of the device
   * @throws io.bluetick.client.rest.ApiException if the server is not there or refuses
   */
  Offering offer(Device device, URI server, String name);
}
