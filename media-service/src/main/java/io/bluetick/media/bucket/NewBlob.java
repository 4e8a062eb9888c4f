package io.bluetick.media.bucket;

import com.google.protobuf.ByteString;

/**
 * A blob as it will be uploaded: these bytes and no others.
 *
 * @param sha256 of the ciphertext, 32 bytes
 * @param owner kept beside it; whoever may fetch the blob sees it
 */
public record NewBlob(BlobId id, long sizeBytes, ByteString sha256, String owner) {}
