package io.bluetick.session.push;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.google.protobuf.ByteString;
import io.bluetick.platform.json.ByteLength;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.swagger.v3.oas.annotations.media.DiscriminatorMapping;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.jspecify.annotations.Nullable;

/** A push token as a device tells it. */
@Schema(
    name = "PushToken",
    description = "Where this device is woken.",
    discriminatorProperty = "kind",
    discriminatorMapping = {
      @DiscriminatorMapping(value = "fcm", schema = TokenRequest.Fcm.class),
      @DiscriminatorMapping(value = "apns", schema = TokenRequest.Apns.class),
      @DiscriminatorMapping(value = "web", schema = TokenRequest.Web.class)
    })
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", visible = true)
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
  record Fcm(
      @Schema(allowableValues = "fcm", example = "fcm") String kind,
      @NotNull
          @Pattern(regexp = "[A-Za-z0-9_:.=-]{16,4096}")
          @Schema(example = "d6Zk3vQ:APA91bHun4MxP5egoKMwt2KZFBaFUH")
          String token)
      implements TokenRequest {
    static final String EXAMPLE =
        """
        {"kind": "fcm", "token": "d6Zk3vQ:APA91bHun4MxP5egoKMwt2KZFBaFUH"}\
        """;

    @Override
    public PushToken toToken(PushHosts hosts) {
      return new PushToken.Fcm(token);
    }

    @Override
    public String toString() {
      return "Fcm";
    }
  }

  /** Of Apple's push notification service. Tokens have 32 bytes today; Apple says they may grow. */
  @Schema(name = "ApnsToken")
  record Apns(
      @Schema(allowableValues = "apns", example = "apns") String kind,
      @NotNull
          @Pattern(regexp = "(?:[0-9a-fA-F]{2}){32,100}")
          @Schema(
              description = "Hexadecimal.",
              example = "740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad")
          String token,
      @Nullable
          @Pattern(regexp = "app|voip")
          @Schema(
              description = "voip if PushKit gave it out; it is used for urgent wake-ups only.",
              allowableValues = {"app", "voip"},
              defaultValue = "app",
              example = "app")
          String topic)
      implements TokenRequest {
    static final String EXAMPLE =
        """
        {"kind": "apns",
         "token": "740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad"}\
        """;

    @Override
    public PushToken toToken(PushHosts hosts) {
      boolean isVoip = "voip".equals(topic);
      return new PushToken.Apns(token, isVoip ? PushToken.ApnsTopic.VOIP : PushToken.ApnsTopic.APP);
    }

    @Override
    public String toString() {
      return "Apns";
    }
  }

  /** A browser's push subscription. */
  @Schema(name = "WebPushSubscription")
  record Web(
      @Schema(allowableValues = "web", example = "web") String kind,
      @NotNull
          @Size(max = 2048)
          @Schema(example = "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABh")
          String endpoint,
      @NotNull
          @ByteLength(min = 65, max = 65)
          @Schema(
              description = "Its public key: an uncompressed point of P-256.",
              example =
                  "BCVxsr7N/eNgVRqvHtD0zTZsEc6+VV+JvLexhqUzORcxaOzi6+AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkN"
                      + "toIAiw4=")
          ByteString p256dh,
      @NotNull
          @ByteLength(min = 16, max = 16)
          @Schema(description = "Its secret.", example = "BTBZMqHH6r4Tts7J/aSIgg==")
          ByteString auth)
      implements TokenRequest {
    static final String EXAMPLE =
        """
        {"kind": "web",
         "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABh",
         "p256dh": "BCVxsr7N/eNgVRqvHtD0zTZsEc6+VV+JvLexhqUzORcxaOzi6+AY\
        WXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4=",
         "auth": "BTBZMqHH6r4Tts7J/aSIgg=="}\
        """;

    private static final byte UNCOMPRESSED = 4;

    @Override
    public PushToken toToken(PushHosts hosts) {
      if (!isPoint()) {
        throw new BluetickException(
            ErrorCode.INVALID, "p256dh must be an uncompressed point of P-256.");
      }
      if (!mayBeRegistered(hosts)) {
        throw new BluetickException(
            ErrorCode.INVALID,
            "endpoint must be an https address at a push service that this server knows.");
      }
      Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();
      return new PushToken.Web(
          endpoint,
          base64url.encodeToString(p256dh.toByteArray()),
          base64url.encodeToString(auth.toByteArray()));
    }

    /** What does not lie on the curve would let its owner learn about keys that meet it. */
    private boolean isPoint() {
      try {
        SECNamedCurves.getByName("secp256r1").getCurve().decodePoint(p256dh.toByteArray());
        return p256dh.byteAt(0) == UNCOMPRESSED;
      } catch (IllegalArgumentException _) {
        return false;
      }
    }

    private boolean mayBeRegistered(PushHosts hosts) {
      try {
        return hosts.mayBeRegistered(new URI(endpoint));
      } catch (URISyntaxException _) {
        return false;
      }
    }

    @Override
    public String toString() {
      return "Web";
    }
  }
}
