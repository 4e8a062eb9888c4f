package io.bluetick.session.push;

/** What leads to one device. None of it may be logged, so none of it is in {@code toString}. */
public sealed interface PushToken {

  PushKind kind();

  /** An FCM registration token. */
  record Fcm(String token) implements PushToken {
    @Override
    public PushKind kind() {
      return PushKind.FCM;
    }

    @Override
    public String toString() {
      return "Fcm";
    }
  }

  /**
   * An APNs device token.
   *
   * @param token hexadecimal
   */
  record Apns(String token, ApnsTopic topic) implements PushToken {
    @Override
    public PushKind kind() {
      return PushKind.APNS;
    }

    @Override
    public String toString() {
      return "Apns[" + topic + "]";
    }
  }

  /** What an APNs token was given out for. */
  enum ApnsTopic {
    APP,
    /** By PushKit; iOS ends an app that gets one of these and rings for no call. */
    VOIP
  }

  /**
   * A browser's push subscription.
   *
   * @param p256dh its public key, an uncompressed point, in base64url without padding
   * @param auth its 16 secret bytes, in base64url without padding
   */
  record Web(String endpoint, String p256dh, String auth) implements PushToken {
    @Override
    public PushKind kind() {
      return PushKind.WEB;
    }

    @Override
    public String toString() {
      return "Web";
    }
  }

  /** A device that registered nothing. Only what knows devices by their addresses can wake it. */
  record None() implements PushToken {
    @Override
    public PushKind kind() {
      return PushKind.WEBHOOK;
    }
  }
}
