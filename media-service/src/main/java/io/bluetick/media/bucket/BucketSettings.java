package io.bluetick.media.bucket;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the blobs lie.
 *
 * @param endpoint of any S3 API, addressed by path
 * @param publicEndpoint where devices reach the same; the endpoint if it is not set
 * @param connectTimeout for a new connection
 * @param callTimeout for one call, all its tries included
 */
@Validated
@ConfigurationProperties("bluetick.s3")
record BucketSettings(
    @DefaultValue("http://127.0.0.1:29000") @NotNull URI endpoint,
    @Nullable URI publicEndpoint,
    @DefaultValue("us-east-1") @NotBlank String region,
    @DefaultValue("bluetick") @NotBlank String key,
    @DefaultValue("bluetick-dev-secret") @NotBlank String secret,
    @DefaultValue("bluetick-media") @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
        String bucket,
    @DefaultValue("1s") @NotNull Duration connectTimeout,
    @DefaultValue("5s") @NotNull Duration callTimeout) {

  /** What the URLs that devices get begin with. */
  URI reached() {
    return publicEndpoint == null ? endpoint : publicEndpoint;
  }

  /** Without the secret: settings are printed when they are wrong. */
  @Override
  public String toString() {
    return "BucketSettings[endpoint=%s, publicEndpoint=%s, region=%s, key=%s, bucket=%s]"
        .formatted(endpoint, publicEndpoint, region, key, bucket);
  }
}
