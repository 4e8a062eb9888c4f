package io.bluetick.session.push;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.swagger.v3.oas.annotations.media.DiscriminatorMapping;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.jspecify.annotations.Nullable;

/** A push token as a device tells it. */
@Schema(
    description = "Where this device is woken.",
    discriminatorProperty = "kind",
    oneOf = {TokenRequest.Fcm.class, TokenRequest.Apns.class, TokenRequest.Web.class},
    discriminatorMapping = {
      @DiscriminatorMapping(value = "fcm", schema = TokenRequest.Fcm.class),
      @DiscriminatorMapping(value = "apns", schema = TokenRequest.Apns.class),
      @DiscriminatorMapping(value = "web", schema = TokenRequest.Web.class)
    })
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TokenRequest.Fcm.class, name = "fcm"),
  @JsonSubTypes.Type(value = TokenRequest.Apns.class, name = "apns"),
  @JsonSubTypes.Type(value = TokenRequest.Web.class, name = "web")
})
sealed interface TokenRequest {

  /** Throws {@code invalid} if it can be no token. */
  PushToken toToken(PushHosts hosts);

  /** Of Firebase Cloud Messaging. */
  @Schema(name = "FcmToken")
  record Fcm(@Schema(example = "d6Zk3vQ:APA91bHun4MxP5egoKMwt2KZFBaFUH") @Nullable String token)
      implements TokenRequest {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_:.=-]{16,4096}");

    @Override
    public PushToken toToken(PushHosts hosts) {
      return new PushToken.Fcm(
          matching(token, FORM, "token: 16 to 4096 characters as FCM gives them out"));
    }
  }

  /** Of Apple's push notification service. */
  @Schema(name = "ApnsToken")
  record Apns(
      @Schema(
              description = "Hexadecimal.",
              example = "740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad")
          @Nullable String token,
      @Schema(
              description =
                  "voip if PushKit gave it out for calls; such a device is woken urgently only.",
              allowableValues = {"app", "voip"},
              example = "app")
          @Nullable String topic)
      implements TokenRequest {
    /** Of 32 bytes today; Apple says that it may grow. */
    private static final Pattern FORM = Pattern.compile("(?:[0-9a-fA-F]{2}){32,100}");

    @Override
    public PushToken toToken(PushHosts hosts) {
      PushToken.ApnsTopic of =
          switch (topic) {
            case null -> PushToken.ApnsTopic.APP;
            case "app" -> PushToken.ApnsTopic.APP;
            case "voip" -> PushToken.ApnsTopic.VOIP;
            default -> throw invalid("topic: app or voip");
          };
      return new PushToken.Apns(matching(token, FORM, "token: 32 to 100 bytes in hexadecimal"), of);
    }
  }

  /** A browser's push subscription. */
  @Schema(name = "WebPushSubscription")
  record Web(
      @Schema(example = "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABh")
          @Nullable String endpoint,
      @Schema(
              description = "Its public key: 65 bytes in base64.",
              example =
                  "BCVxsr7N/eNgVRqvHtD0zTZsEc6+VV+JvLexhqUzORcxaOzi6+AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4=")
          @Nullable String p256dh,
      @Schema(description = "Its secret: 16 bytes in base64.", example = "BTBZMqHH6r4Tts7J/aSIgg==")
          @Nullable String auth)
      implements TokenRequest {
    private static final int ENDPOINT_LIMIT = 2048;
    private static final int POINT_BYTES = 65;
    private static final int AUTH_BYTES = 16;

    @Override
    public PushToken toToken(PushHosts hosts) {
      Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();
      return new PushToken.Web(
          endpoint(hosts),
          base64url.encodeToString(point()),
          base64url.encodeToString(bytes(auth, AUTH_BYTES, "auth: 16 bytes in base64")));
    }

    private String endpoint(PushHosts hosts) {
      String reason = "endpoint: an https address at a push service that this server knows";
      if (endpoint == null || endpoint.length() > ENDPOINT_LIMIT) {
        throw invalid(reason);
      }
      try {
        if (hosts.mayBeRegistered(new URI(endpoint))) {
          return endpoint;
        }
      } catch (URISyntaxException _) {
        throw invalid(reason);
      }
      throw invalid(reason);
    }

    private byte[] point() {
      String reason = "p256dh: an uncompressed point of P-256, 65 bytes in base64";
      byte[] point = bytes(p256dh, POINT_BYTES, reason);
      try {
        // Refuses what does not lie on the curve, which would leak bits of our keys.
        SECNamedCurves.getByName("secp256r1").getCurve().decodePoint(point);
      } catch (IllegalArgumentException _) {
        throw invalid(reason);
      }
      if (point[0] != 4) {
        throw invalid(reason);
      }
      return point;
    }
  }

  private static String matching(@Nullable String text, Pattern form, String reason) {
    if (text == null || !form.matcher(text).matches()) {
      throw invalid(reason);
    }
    return text;
  }

  private static byte[] bytes(@Nullable String base64, int length, String reason) {
    try {
      byte[] bytes = base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
      if (bytes.length == length) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      throw invalid(reason);
    }
    throw invalid(reason);
  }

  private static BluetickException invalid(String reason) {
    return new BluetickException(ErrorCode.INVALID, reason);
  }
}
