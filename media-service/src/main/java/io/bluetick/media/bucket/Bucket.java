package io.bluetick.media.bucket;

import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** The one bucket of this deployment. */
final class Bucket {
  private final S3Client s3;
  private final String name;

  Bucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
  }

  /** Creates the bucket unless it is there. Safe to run by several processes at once. */
  void ensure() {
    try {
      s3.headBucket(request -> request.bucket(name));
    } catch (NoSuchBucketException e) {
      create();
    }
  }

  /** Throws unless the store answers within the timeout and has the bucket. */
  void check(Duration timeout) {
    s3.headBucket(request ->
        request
            .bucket(name)
            .overrideConfiguration(
                AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).build()));
  }

  private void create() {
    try {
      s3.createBucket(request -> request.bucket(name));
    } catch (BucketAlreadyOwnedByYouException e) {
      // Another instance was first: what was wanted is there.
    }
  }
}
