package io.bluetick.app.device;

import io.bluetick.client.Linking;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.linking.LinkingCode;
import java.time.Duration;
import java.util.Optional;

/** The SDK's linking. */
final class ProfileOffering implements Offering {
  private final Linking linking;

  ProfileOffering(Linking linking) {
    this.linking = linking;
  }

  @Override
  public LinkingCode code() {
    return linking.code();
  }

  @Override
  public Optional<OwnDevice> finish(Duration wait) {
    return linking.finish(wait);
  }

  @Override
  public void close() {
    linking.close();
  }
}
