package io.bluetick.media.bucket;

import io.bluetick.platform.health.HealthSettings;
import io.bluetick.platform.health.RememberedHealth;
import io.bluetick.platform.provision.Backoff;
import io.bluetick.platform.provision.Provision;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Wires the bucket. */
@Configuration(proxyBeanMethods = false)
class BucketConfiguration {

  /**
   * Blobs never pass through this service (devices hold grants), so its few small calls are well
   * served by the JDK's own connections: no pool, no threads, three megabytes less.
   */
  @Bean(destroyMethod = "close")
  S3Client s3(BucketSettings settings) {
    return S3Client.builder()
        .endpointOverride(settings.endpoint())
        .region(Region.of(settings.region()))
        .credentialsProvider(credentials(settings))
        .forcePathStyle(true)
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(settings.connectTimeout())
                .socketTimeout(settings.callTimeout()))
        .overrideConfiguration(override -> override.apiCallTimeout(settings.callTimeout()))
        .build();
  }

  @Bean(destroyMethod = "close")
  S3Presigner presigner(BucketSettings settings) {
    return S3Presigner.builder()
        .endpointOverride(settings.reached())
        .region(Region.of(settings.region()))
        .credentialsProvider(credentials(settings))
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  @Bean
  Links links(S3Presigner presigner, BucketSettings settings) {
    return new Links(presigner, settings.bucket());
  }

  @Bean
  Blobs blobs(
      S3Client s3,
      BucketSettings settings,
      HealthIndicator s3HealthIndicator,
      MeterRegistry meters) {
    return new Blobs(s3, settings.bucket(), s3HealthIndicator, new S3Calls(meters));
  }

  @Bean
  Bucket bucket(S3Client s3, BucketSettings settings) {
    return new Bucket(s3, settings.bucket());
  }

  @Bean
  Provision bucketProvision(Bucket bucket) {
    return new Provision("bucket", bucket::ensure, Backoff.AT_START);
  }

  @Bean
  HealthIndicator s3HealthIndicator(
      Bucket bucket, Provision bucketProvision, HealthSettings settings, Clock clock) {
    return new RememberedHealth(
        new BucketHealth(bucket, bucketProvision, settings.timeout()), settings.remember(), clock);
  }

  private static StaticCredentialsProvider credentials(BucketSettings settings) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(settings.key(), settings.secret()));
  }
}
