package io.bluetick.session.push.sender;

import com.zerodeplibs.webpush.EncryptedPushMessage;
import com.zerodeplibs.webpush.MessageEncryption;
import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.header.TTL;
import com.zerodeplibs.webpush.header.Topic;
import com.zerodeplibs.webpush.header.Urgency;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import io.bluetick.session.push.Outcome;
import io.bluetick.session.push.PushHosts;
import io.bluetick.session.push.PushKind;
import io.bluetick.session.push.PushSender;
import io.bluetick.session.push.PushToken;
import io.bluetick.session.push.Wake;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends to browsers: encrypted for each (RFC 8291), and signed as this server's (RFC 8292). */
final class WebSender implements PushSender {
  /** A push service takes no signature that lives for more than a day. */
  private static final Duration SIGNATURE_LIFE = Duration.ofHours(12);

  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final VAPIDKeyPair keys;
  private final WebSettings settings;
  private final PushHosts hosts;
  private final HttpClient http;
  private final Clock clock;
  private final MessageEncryption encryption = MessageEncryptions.of();

  WebSender(
      VAPIDKeyPair keys, WebSettings settings, PushHosts hosts, HttpClient http, Clock clock) {
    this.keys = keys;
    this.settings = settings;
    this.hosts = hosts;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public PushKind kind() {
    return PushKind.WEB;
  }

  @Override
  public String provider(PushToken token) {
    return token instanceof PushToken.Web web
        ? hosts.entry(URI.create(web.endpoint())).orElse("none")
        : "none";
  }

  @Override
  public CompletionStage<Outcome> send(PushToken token, Wake wake) {
    if (!(token instanceof PushToken.Web web)) {
      return CompletableFuture.completedStage(new Outcome.Failed("not a subscription"));
    }
    URI endpoint = URI.create(web.endpoint());
    try {
      if (!hosts.mayBeCalled(endpoint)) {
        return CompletableFuture.completedStage(new Outcome.Failed("its host may not be called"));
      }
    } catch (UnknownHostException e) {
      return CompletableFuture.failedStage(e);
    }
    return http.sendAsync(request(web, endpoint, wake), HttpResponse.BodyHandlers.discarding())
        .thenApply(this::outcome);
  }

  private HttpRequest request(PushToken.Web web, URI endpoint, Wake wake) {
    Base64.Decoder base64url = Base64.getUrlDecoder();
    EncryptedPushMessage message =
        encryption.encrypt(
            UserAgentMessageEncryptionKeyInfo.of(
                base64url.decode(web.p256dh()), base64url.decode(web.auth())),
            PushMessage.ofUTF8(text(wake)));
    VAPIDJWTParam signature =
        VAPIDJWTParam.getBuilder()
            .resourceURLString(web.endpoint())
            .expirationTime(clock.instant().plus(SIGNATURE_LIFE))
            .subject(settings.subject())
            .build();
    return HttpRequest.newBuilder(endpoint)
        .header("Authorization", keys.generateAuthorizationHeaderValue(signature))
        .header("Content-Type", message.mediaType())
        .header("Content-Encoding", message.contentEncoding())
        .header(TTL.HEADER_NAME, Long.toString(settings.ttl().toSeconds()))
        .header(Urgency.HEADER_NAME, urgency(wake))
        .header(Topic.HEADER_NAME, Topic.ensure(wake.urgency().label()))
        .POST(HttpRequest.BodyPublishers.ofByteArray(message.toBytes()))
        .build();
  }

  private static String text(Wake wake) {
    return switch (wake.urgency()) {
      case URGENT -> "{\"wake\":\"1\"}";
      case BACKGROUND -> "{\"wake\":\"background\"}";
    };
  }

  private static String urgency(Wake wake) {
    return switch (wake.urgency()) {
      case URGENT -> Urgency.high();
      case BACKGROUND -> Urgency.low();
    };
  }

  private Outcome outcome(HttpResponse<?> answer) {
    int status = answer.statusCode();
    return status == NOT_FOUND || status == GONE
        ? new Outcome.TokenGone()
        : Answers.common(answer, clock).orElseGet(() -> new Outcome.Failed("status " + status));
  }
}
