package io.bluetick.media.bucket;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The blobs in the bucket, and all calls that this service makes about them. While the store is
 * away each of them throws {@code unavailable}.
 */
public final class Blobs {

  /** As many objects as S3 lists, or deletes, in one call. */
  public static final int PAGE_MAX = 1_000;

  private final S3Client s3;
  private final String bucket;
  private final HealthIndicator health;
  private final S3Calls calls;

  /**
   * What one call for the deletion of some did.
   *
   * @param found whether or not they could be deleted
   */
  public record Deletion(int found, int deleted) {}

  Blobs(S3Client s3, String bucket, HealthIndicator health, S3Calls calls) {
    this.s3 = s3;
    this.bucket = bucket;
    this.health = health;
    this.calls = calls;
  }

  /**
   * Throws {@code unavailable} unless the store answered a moment ago. Asked before anything is
   * counted: what cannot be used now costs nothing, and nobody waits for a store that is away.
   */
  public void requireThere() {
    Health last = health.health();
    if (last == null || !Status.UP.equals(last.getStatus())) {
      throw new BluetickException(
          ErrorCode.UNAVAILABLE, "The store of media is not there; try again later.");
    }
  }

  /** Empty if it was never uploaded, or is gone. */
  public Optional<StoredBlob> find(BlobId blob) {
    return calls.call(
        "head",
        () -> {
          try {
            var head = s3.headObject(request -> request.bucket(bucket).key(blob.key()));
            return Optional.of(
                new StoredBlob(
                    head.contentLength(), head.metadata().getOrDefault(Links.OWNER, "")));
          } catch (NoSuchKeyException _) {
            return Optional.empty();
          }
        });
  }

  /** May be repeated. */
  public void delete(BlobId blob) {
    calls.call("delete", () -> s3.deleteObject(one -> one.bucket(bucket).key(blob.key())));
  }

  /** The days that have blobs, or had some, the oldest first; of more than a page the oldest. */
  public List<LocalDate> days() {
    return calls
        .call(
            "days",
            () ->
                s3.listObjectsV2(
                    list -> list.bucket(bucket).delimiter(BlobId.KEY_SEPARATOR).maxKeys(PAGE_MAX)))
        .commonPrefixes()
        .stream()
        .map(prefix -> prefix.prefix().replace(BlobId.KEY_SEPARATOR, ""))
        .flatMap(digits -> BlobId.parseDay(digits).stream())
        .sorted()
        .toList();
  }

  /** Deletes up to so many blobs of a day, which must fit into a page. */
  public Deletion deleteSome(LocalDate day, int limit) {
    String prefix = BlobId.digits(day) + BlobId.KEY_SEPARATOR;
    List<ObjectIdentifier> keys =
        calls
            .call(
                "list",
                () -> s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix).maxKeys(limit)))
            .contents()
            .stream()
            .map(S3Object::key)
            .map(key -> ObjectIdentifier.builder().key(key).build())
            .toList();
    if (keys.isEmpty()) {
      return new Deletion(0, 0);
    }
    DeleteObjectsResponse done =
        calls.call(
            "delete_many",
            () ->
                s3.deleteObjects(many ->
                    many.bucket(bucket).delete(delete -> delete.objects(keys).quiet(true))));
    return new Deletion(keys.size(), keys.size() - done.errors().size());
  }
}
