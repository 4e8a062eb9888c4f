package io.bluetick.app.device;

import io.bluetick.client.Linking;
import io.bluetick.client.Profile;
import io.bluetick.client.Registration;
import io.bluetick.client.device.OwnDevice;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The SDK's profiles, each in a folder below one. */
public final class ProfileFolders implements Profiles {
  private final Path folder;

  public ProfileFolders(Path folder) {
    this.folder = folder;
  }

  @Override
  public boolean exists(String name) {
    return Profile.exists(folder.resolve(name));
  }

  @Override
  public Device open(String name, char[] passphrase) {
    return new ProfileDevice(Profile.open(folder.resolve(name), passphrase));
  }

  @Override
  public Verification begin(Device device, URI server, String number) {
    Registration registration = Registration.begin(profile(device), server, number);
    return new Verification() {
      @Override
      public String session() {
        return registration.session();
      }

      @Override
      public OwnDevice finish(String code, String name, @Nullable String pin) {
        return registration.finish(code, name, pin);
      }

      @Override
      public void close() {
        registration.close();
      }
    };
  }

  @Override
  public Offering offer(Device device, URI server, String name) {
    return new ProfileOffering(Linking.begin(profile(device), server, name));
  }

  private static Profile profile(Device device) {
    if (!(device instanceof ProfileDevice own)) {
      throw new IllegalArgumentException("not a device of this SDK");
    }
    return own.profile();
  }
}
