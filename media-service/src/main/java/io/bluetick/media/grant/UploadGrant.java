package io.bluetick.media.grant;

import io.bluetick.media.bucket.BlobId;
import io.bluetick.media.bucket.UploadLink;
import java.time.Duration;

/** The right to upload one blob. */
record UploadGrant(BlobId blob, UploadLink link, Duration valid) {}
