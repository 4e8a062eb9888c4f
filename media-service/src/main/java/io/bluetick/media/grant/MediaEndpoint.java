package io.bluetick.media.grant;

import com.google.protobuf.ByteString;
import io.bluetick.media.bucket.BlobId;
import io.bluetick.media.bucket.Blobs;
import io.bluetick.media.limit.Limit;
import io.bluetick.media.limit.Limits;
import io.bluetick.platform.json.ByteLength;
import io.bluetick.platform.security.TokenCaller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Grants for blobs; the bytes go between devices and S3. */
@RestController
@RequestMapping("/v1/media")
@Tag(name = "media", description = "Files, encrypted by who sends them.")
class MediaEndpoint {
  private static final String ID = "20261122-0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final String URL =
      "https://s3.example.org/bluetick-media/20261122/0f1e2d3c4b5a69788796a5b4c3d2e1f0"
          + "?X-Amz-Algorithm=AWS4-HMAC-SHA256";

  private final Grants grants;
  private final Blobs blobs;
  private final Limits limits;
  private final GrantMetrics metrics;

  MediaEndpoint(Grants grants, Blobs blobs, Limits limits, GrantMetrics metrics) {
    this.grants = grants;
    this.blobs = blobs;
    this.limits = limits;
    this.metrics = metrics;
  }

  /** What is to be uploaded. */
  @Schema(name = "UploadRequest")
  record UploadJson(
      @Schema(description = "Bytes of the ciphertext, at most 2147483648.", example = "1048576")
          @Min(1)
          long size,
      @Schema(
              description = "SHA-256 of the ciphertext.",
              example = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
          @NotNull
          @ByteLength(min = 32, max = 32)
          ByteString sha256) {}

  /** How to upload it. */
  @Schema(name = "UploadGrant")
  record UploadGrantJson(
      @Schema(
              description = "What others fetch it by: tell it in encrypted messages only.",
              example = ID)
          @Pattern(regexp = BlobId.FORM)
          String blob,
      @Schema(description = "Where to PUT it.", format = "uri", example = URL) String url,
      @Schema(
              description =
                  "What the PUT must have beside its length: these headers, these values.",
              example =
                  "{\"x-amz-checksum-sha256\": \"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"}")
          Map<String, String> headers,
      @Schema(description = "Seconds within which the PUT must begin.", example = "900")
          long validForS) {

    static UploadGrantJson of(UploadGrant grant) {
      return new UploadGrantJson(
          grant.blob().toString(),
          grant.link().url(),
          grant.link().headers(),
          grant.valid().toSeconds());
    }

    /** Without what it grants. */
    @Override
    public String toString() {
      return "UploadGrantJson";
    }
  }

  /** What is wanted. */
  @Schema(name = "DownloadRequest")
  record DownloadJson(@Schema(example = ID) @NotNull @Pattern(regexp = BlobId.FORM) String blob) {

    /** Without the id. */
    @Override
    public String toString() {
      return "DownloadJson";
    }
  }

  /** Where it is. */
  @Schema(name = "DownloadGrant")
  record DownloadGrantJson(
      @Schema(description = "Where to GET it; ranges work.", format = "uri", example = URL)
          String url,
      @Schema(description = "Bytes of the ciphertext.", example = "1048576") long size,
      @Schema(description = "Seconds within which the GET must begin.", example = "900")
          long validForS) {

    static DownloadGrantJson of(DownloadGrant grant) {
      return new DownloadGrantJson(grant.url(), grant.sizeBytes(), grant.valid().toSeconds());
    }

    /** Without what it grants. */
    @Override
    public String toString() {
      return "DownloadGrantJson";
    }
  }

  @PostMapping("/uploads")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Get leave to upload a blob",
      description =
          "PUT exactly these bytes to the url, with exactly these headers; the store refuses all"
              + " else. A PUT whose answer was lost may be repeated. Refused with"
              + " payload-too-large, and with rate-limited if the device has asked too often or its"
              + " account was granted too many bytes within a day, used or not. Blobs end after"
              + " 30 days.",
      operationId = "grantUpload")
  @ApiResponse(responseCode = "201", description = "The id, and how to upload.")
  UploadGrantJson upload(TokenCaller caller, @Valid @RequestBody UploadJson blob) {
    limits.requireSize(blob.size());
    blobs.requireThere();
    limits.take(Limit.UPLOADS, caller.address());
    limits.takeBytes(caller.account(), blob.size());
    UploadGrant grant = grants.upload(caller.account(), blob.size(), blob.sha256());
    metrics.uploaded(blob.size());
    return UploadGrantJson.of(grant);
  }

  @PostMapping("/downloads")
  @Operation(
      summary = "Get leave to download a blob",
      description =
          "Any device that knows the id may. Refused with not-found if the blob was never uploaded,"
              + " was deleted, or is older than 30 days.",
      operationId = "grantDownload")
  @ApiResponse(responseCode = "200", description = "Where it is, for a while.")
  DownloadGrantJson download(TokenCaller caller, @Valid @RequestBody DownloadJson wanted) {
    blobs.requireThere();
    limits.take(Limit.DOWNLOADS, caller.address());
    DownloadGrant grant = grants.download(wanted.blob());
    metrics.downloaded();
    return DownloadGrantJson.of(grant);
  }

  @DeleteMapping("/blobs/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete a blob that one's own account uploaded",
      description =
          "May be repeated; what is not there counts as deleted. Refused with forbidden if another"
              + " account uploaded it. It takes back no grant: what is uploaded after it by a grant"
              + " that is still valid is there again.",
      operationId = "deleteBlob")
  @ApiResponse(responseCode = "204", description = "It is not there.")
  void delete(
      TokenCaller caller,
      @Parameter(example = ID) @PathVariable @Pattern(regexp = BlobId.FORM) String id) {
    blobs.requireThere();
    limits.take(Limit.DELETIONS, caller.address());
    grants.delete(caller.account(), id);
    metrics.deleted();
  }
}
