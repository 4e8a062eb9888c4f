package io.bluetick.session.push.sender;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.protobuf.ByteString;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import io.bluetick.session.push.PushHosts;
import io.bluetick.session.push.PushSender;
import io.bluetick.session.push.VapidKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Those ways to devices that have settings. */
@Configuration(proxyBeanMethods = false)
class SenderConfiguration {
  private static final String HTTP = "pushHttp";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Follows no redirects: who is called has been checked, who would be next has not. */
  @Bean(name = HTTP, defaultCandidate = false)
  @Lazy
  HttpClient pushHttp() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_LIMIT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /** Firebase Cloud Messaging. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("bluetick.push.fcm.service-account")
  @EnableConfigurationProperties(FcmSettings.class)
  static class Fcm {

    @Bean
    PushSender fcmSender(FcmSettings settings, @Qualifier(HTTP) HttpClient pushHttp, Clock clock)
        throws IOException {
      try (InputStream file = Files.newInputStream(settings.serviceAccount())) {
        ServiceAccountCredentials account = ServiceAccountCredentials.fromStream(file);
        String own = account.getProjectId();
        String project = settings.project().isEmpty() && own != null ? own : settings.project();
        return new FcmSender(
            project, settings, account.createScoped(List.of(FcmSender.SCOPE)), pushHttp, clock);
      }
    }
  }

  /** Apple's push notification service. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("bluetick.push.apns.key-file")
  @EnableConfigurationProperties(ApnsSettings.class)
  static class Apns {

    @Bean
    PushSender apnsSender(ApnsSettings settings, Clock clock)
        throws IOException, GeneralSecurityException {
      return new ApnsSender(ApnsSender.client(settings), settings, clock);
    }
  }

  /** Web Push. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("bluetick.push.web.key-file")
  @EnableConfigurationProperties(WebSettings.class)
  static class Web {

    @Bean
    VAPIDKeyPair vapidKeys(WebSettings settings) throws IOException {
      return VapidKeys.read(settings.keyFile());
    }

    @Bean
    VapidKey vapidKey(VAPIDKeyPair vapidKeys) {
      return () -> ByteString.copyFrom(vapidKeys.extractPublicKeyInUncompressedForm());
    }

    @Bean
    PushSender webSender(
        VAPIDKeyPair vapidKeys,
        WebSettings settings,
        PushHosts hosts,
        @Qualifier(HTTP) HttpClient pushHttp,
        Clock clock) {
      return new WebSender(vapidKeys, settings, hosts, pushHttp, clock);
    }
  }

  /** A gateway of one's own. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("bluetick.push.webhook.url")
  @EnableConfigurationProperties(WebhookSettings.class)
  static class Webhook {

    @Bean
    PushSender webhookSender(
        WebhookSettings settings, @Qualifier(HTTP) HttpClient pushHttp, Clock clock) {
      return new WebhookSender(settings, pushHttp, clock);
    }
  }

  @Bean
  @ConditionalOnBooleanProperty("bluetick.push.log")
  PushSender logSender() {
    return new LogSender();
  }
}
