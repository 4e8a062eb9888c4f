package io.bluetick.media.bucket;

import io.bluetick.platform.health.HealthSettings;
import io.bluetick.platform.health.RememberedHealth;
import io.bluetick.platform.provision.Backoff;
import io.bluetick.platform.provision.Provision;
import java.time.Clock;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

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
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(settings.key(), settings.secret())))
        .forcePathStyle(true)
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(settings.connectTimeout())
                .socketTimeout(settings.callTimeout()))
        .overrideConfiguration(override -> override.apiCallTimeout(settings.callTimeout()))
        .build();
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
}
