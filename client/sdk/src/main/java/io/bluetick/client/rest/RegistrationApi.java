package io.bluetick.client.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a phone number becomes an account. Open to all. */
public final class RegistrationApi {
  private static final String REGISTRATION = "/v1/registration";
  private static final String SESSIONS = REGISTRATION + "/sessions";

  private final Api api;

  public RegistrationApi(Api api) {
    this.api = api;
  }

  /** How the code travels. */
  public enum Transport {
    @JsonProperty("sms")
    SMS,
    @JsonProperty("voice")
    VOICE
  }

  /**
   * How a verification stands.
   *
   * @param session names it from now on; a secret
   * @param nextCodeAfterS seconds until a code may be asked for; null if there are no more
   */
  public record Verification(
      String session,
      Instant expiresAt,
      @Nullable Long nextCodeAfterS,
      int codesLeft,
      boolean verified) {
    public Verification {
      Forms.text("session", Forms.SESSION, session);
      Forms.present("expiresAt", expiresAt);
    }

    @Override
    public String toString() {
      return "Verification";
    }
  }

  /**
   * What a verified number is good for.
   *
   * @param account that a registration will have
   * @param nextListVersion of the list to sign for it
   * @param pinExpiresAfterS seconds after which the PIN counts no more; null unless it does now
   */
  public record VerifiedNumber(
      boolean verified,
      AccountId account,
      long nextListVersion,
      boolean pinRequired,
      @Nullable Long pinExpiresAfterS) {
    public VerifiedNumber {
      Forms.present("account", account);
    }
  }

  /** What the device is now. */
  public record Registered(
      AccountId account, int device, int registration, long listVersion, String refreshToken) {
    public Registered {
      Forms.present("account", account);
      Forms.present("refreshToken", refreshToken);
    }

    public DeviceAddress address() {
      return new DeviceAddress(account, device);
    }

    @Override
    public String toString() {
      return "Registered[" + account + "/" + device + "]";
    }
  }

  private record StartJson(String number) {}

  private record CodeRequestJson(Transport transport, @Nullable String language) {}

  private record CodeJson(String code) {}

  private record RegistrationJson(
      String session,
      ByteString identityKey,
      ByteString noiseKey,
      String name,
      Platform platform,
      @JsonUnwrapped KeySet keys,
      SignedDeviceList signedList,
      @Nullable String pin) {}

  /**
   * Begins to verify a number; nothing is sent yet.
   *
   * @param number in E.164 form
   */
  public Verification begin(String number) {
    return api.ask(
        Call.post("beginVerification", SESSIONS, new StartJson(number)), Verification.class);
  }

  /** Fails with {@code expired} if the session has ended. */
  public Verification read(String session) {
    return api.ask(Call.get("readVerification", path(session)), Verification.class);
  }

  /**
   * Has a code sent, which replaces the one before. Fails with {@code rate-limited} if it is too
   * early, {@code expired} if the session or its codes are out, {@code unavailable} if it could not
   * be sent, which is not counted.
   *
   * @param language of the message, as a BCP 47 tag
   */
  public Verification sendCode(String session, Transport transport, @Nullable String language) {
    return api.ask(
        Call.post("sendCode", path(session) + "/code", new CodeRequestJson(transport, language)),
        Verification.class);
  }

  /**
   * Tries a code. Fails with {@code wrong-code}, and the time after which the next may be tried, or
   * {@code expired}, also after too many.
   */
  public VerifiedNumber verify(String session, String code) {
    return api.ask(
        Call.post("verifyCode", path(session) + "/verification", new CodeJson(code)),
        VerifiedNumber.class);
  }

  /**
   * Registers: the device becomes the account's only one, and the session is used up. Who lost the
   * answer verifies the number again and registers anew. Fails with {@code pin-required}, {@code
   * wrong-pin}, {@code stale-list}, {@code conflict} or {@code expired}.
   */
  public Registered register(NewPrimary device) {
    RegistrationJson json =
        new RegistrationJson(
            device.session(),
            device.identityKey(),
            device.noiseKey(),
            device.name(),
            device.platform(),
            device.keys(),
            device.signedList(),
            device.pin());
    return api.ask(Call.post("register", REGISTRATION, json), Registered.class);
  }

  private static String path(String session) {
    return SESSIONS + "/" + Forms.text("session", Forms.SESSION, session);
  }
}
