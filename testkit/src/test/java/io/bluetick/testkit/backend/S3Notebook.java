package io.bluetick.testkit.backend;

import io.bluetick.testkit.RunningBackends;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Pages are objects. */
final class S3Notebook implements Notebook {

  private final S3Client s3;
  private final String bucket;

  S3Notebook(RunningBackends settings) {
    bucket = settings.get("BLUETICK_S3_BUCKET");
    s3 =
        S3Client.builder()
            .endpointOverride(URI.create(settings.get("BLUETICK_S3")))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(
                        settings.get("BLUETICK_S3_KEY"), settings.get("BLUETICK_S3_SECRET"))))
            .build();
    try {
      s3.createBucket(request -> request.bucket(bucket));
    } catch (BucketAlreadyOwnedByYouException exists) {
      // The notebook was opened before.
    }
  }

  @Override
  public void write(String key, String value) {
    s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(value));
  }

  @Override
  public Optional<String> read(String key) {
    try {
      return Optional.of(
          s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String());
    } catch (NoSuchKeyException absent) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    s3.close();
  }
}
