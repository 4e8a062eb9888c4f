package io.bluetick.media.bucket;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/**
 * Signs URLs by which devices reach the bucket themselves. That takes no call: signatures are made
 * here and checked there.
 */
public final class Links {
  static final String OWNER = "owner";

  /** Of the connection or of the body: clients send them, and many let nobody else set them. */
  private static final List<String> OF_THE_CLIENT = List.of("host", "content-length");

  private final S3Presigner presigner;
  private final String bucket;

  Links(S3Presigner presigner, String bucket) {
    this.presigner = presigner;
    this.bucket = bucket;
  }

  /** To begin an upload within this time. Length and checksum are signed: S3 takes nothing else. */
  public UploadLink upload(NewBlob blob, Duration valid) {
    String checksum = Base64.getEncoder().encodeToString(blob.sha256().toByteArray());
    PresignedPutObjectRequest signed =
        presigner.presignPutObject(request ->
            request
                .signatureDuration(valid)
                .putObjectRequest(put ->
                    put.bucket(bucket)
                        .key(blob.id().key())
                        .contentLength(blob.sizeBytes())
                        .checksumSHA256(checksum)
                        .metadata(Map.of(OWNER, blob.owner()))));
    Map<String, String> headers = new TreeMap<>();
    signed.signedHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
    OF_THE_CLIENT.forEach(headers::remove);
    return new UploadLink(signed.url().toString(), headers);
  }

  /** To begin a download within this time; ranges can be asked for. */
  public String download(BlobId blob, Duration valid) {
    return presigner
        .presignGetObject(request ->
            request
                .signatureDuration(valid)
                .getObjectRequest(get -> get.bucket(bucket).key(blob.key())))
        .url()
        .toString();
  }
}
