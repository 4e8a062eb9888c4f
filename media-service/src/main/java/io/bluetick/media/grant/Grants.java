package io.bluetick.media.grant;

import com.google.protobuf.ByteString;
import io.bluetick.media.bucket.BlobId;
import io.bluetick.media.bucket.Blobs;
import io.bluetick.media.bucket.Links;
import io.bluetick.media.bucket.NewBlob;
import io.bluetick.media.bucket.RetentionSettings;
import io.bluetick.media.bucket.StoredBlob;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Decides who may put, get and delete which blob. Whoever knows an id may get its blob: the id is
 * told in messages that only their recipients can read, and so is the key of what is in it.
 */
final class Grants {
  private final Blobs blobs;
  private final Links links;
  private final RetentionSettings retention;
  private final GrantSettings settings;
  private final Owners owners;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Grants(
      Blobs blobs, Links links, RetentionSettings retention, GrantSettings settings, Clock clock) {
    this.blobs = blobs;
    this.links = links;
    this.retention = retention;
    this.settings = settings;
    this.owners = new Owners(settings.ownerKey());
    this.clock = clock;
  }

  /** For exactly these bytes, under an id that nobody knows yet. */
  UploadGrant upload(AccountId account, long sizeBytes, ByteString sha256) {
    BlobId id = BlobId.fresh(LocalDate.now(clock), random);
    NewBlob blob = new NewBlob(id, sizeBytes, sha256, owners.mark(account, id));
    return new UploadGrant(id, links.upload(blob, settings.uploadValid()), settings.uploadValid());
  }

  /** Throws {@code not-found} if it is not there, for whichever reason. */
  DownloadGrant download(String id) {
    BlobId blob = kept(id).orElseThrow(Grants::notFound);
    StoredBlob stored = blobs.find(blob).orElseThrow(Grants::notFound);
    return new DownloadGrant(
        links.download(blob, settings.downloadValid()),
        stored.sizeBytes(),
        settings.downloadValid());
  }

  /** Afterwards it is not there. Throws {@code forbidden} if it is another account's. */
  void delete(AccountId account, String id) {
    BlobId blob = kept(id).orElse(null);
    if (blob == null) {
      return;
    }
    Optional<StoredBlob> stored = blobs.find(blob);
    if (stored.isEmpty()) {
      return;
    }
    if (!owners.isOf(account, blob, stored.get().owner())) {
      throw new BluetickException(
          ErrorCode.FORBIDDEN, "Only the account that uploaded a blob may delete it.");
    }
    blobs.delete(blob);
  }

  /** Empty for what can be no blob, and for those whose time is over. */
  private Optional<BlobId> kept(String id) {
    return BlobId.parse(id).filter(blob -> !blob.day().isBefore(retention.firstKept(clock)));
  }

  private static BluetickException notFound() {
    return new BluetickException(
        ErrorCode.NOT_FOUND, "There is no such blob: it was never uploaded, or is gone.");
  }
}
