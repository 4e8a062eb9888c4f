package io.bluetick.media.bucket;

/**
 * A blob that was uploaded.
 *
 * @param sizeBytes of the ciphertext
 * @param owner what its uploader proves himself by; empty if it says nothing of that
 */
public record StoredBlob(long sizeBytes, String owner) {}
