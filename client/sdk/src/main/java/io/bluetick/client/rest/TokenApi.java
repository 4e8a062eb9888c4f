package io.bluetick.client.rest;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * The calls that bring tokens. Who wants a token rather than a call has {@link AccessTokens}, which
 * keeps to their order.
 */
public final class TokenApi {
  private static final byte[] CONTEXT = "bluetick.v1.token".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE_BYTES = 16;

  private final Api api;
  private final SecureRandom random = new SecureRandom();

  public TokenApi(Api api) {
    this.api = api;
  }

  /**
   * What a device goes on with. Does not print itself.
   *
   * @param refreshToken to be kept before the access token is used
   */
  public record Tokens(String accessToken, long accessExpiresInS, String refreshToken) {
    public Tokens {
      Forms.text("accessToken", Forms.ACCESS_TOKEN, accessToken);
      Forms.present("refreshToken", refreshToken);
      if (accessExpiresInS <= 0) {
        throw new IllegalArgumentException("a token that has expired");
      }
    }

    @Override
    public String toString() {
      return "Tokens";
    }
  }

  private record RefreshJson(String refreshToken) {}

  private record RecoveryJson(
      AccountId account, int device, long timeMs, ByteString nonce, ByteString signature) {}

  /**
   * Gets the next tokens; the same refresh token again if the answer was lost. Fails with {@code
   * token-reused}, {@code expired}, {@code unauthenticated} or {@code suspended}.
   */
  public Tokens refresh(String refreshToken) {
    return api.ask(
        Call.post("refreshTokens", "/v1/tokens/refresh", new RefreshJson(refreshToken)),
        Tokens.class);
  }

  /**
   * Gets new tokens by the identity key; all before them end. Each proof counts once, so each call
   * makes a new one. Fails with {@code bad-signature} if there is no such device with this key, and
   * with {@code expired} if {@code now} is more than five minutes off the server's time.
   *
   * @param sign makes a signature (XEdDSA) of the device's identity key
   */
  public Tokens recover(DeviceAddress device, Instant now, UnaryOperator<byte[]> sign) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] signature = sign.apply(signed(device, now.toEpochMilli(), nonce));
    RecoveryJson proof =
        new RecoveryJson(
            device.account(),
            device.device(),
            now.toEpochMilli(),
            ByteString.copyFrom(nonce),
            Forms.bytes("signature", Forms.SIGNATURE_BYTES, ByteString.copyFrom(signature)));
    return api.ask(Call.post("recoverTokens", "/v1/tokens/recover", proof), Tokens.class);
  }

  private static byte[] signed(DeviceAddress device, long timeMs, byte[] nonce) {
    return ByteBuffer.allocate(CONTEXT.length + AccountId.BYTES + 1 + Long.BYTES + NONCE_BYTES)
        .put(CONTEXT)
        .put(device.account().bytes().asReadOnlyByteBuffer())
        .put((byte) device.device())
        .putLong(timeMs)
        .put(nonce)
        .array();
  }
}
