package io.bluetick.client.rest;

import com.google.protobuf.ByteString;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** Leave to put an encrypted file into the server's store of media, and to get one from it. */
public final class MediaApi {
  private static final String MEDIA = "/v1/media";

  /** Names a file; stands in paths. */
  private static final Pattern BLOB = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private final Api api;
  private final AccessTokens tokens;

  public MediaApi(Api api, AccessTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /**
   * Leave to put one file there.
   *
   * @param blob what it is called from then on
   * @param url where it is put, by PUT
   * @param headers to be sent along, all of them
   */
  public record Upload(String blob, URI url, Map<String, String> headers, long validForS) {
    public Upload {
      Forms.text("blob", BLOB, blob);
      Forms.present("url", url);
      headers = Map.copyOf(headers);
    }
  }

  /** Leave to get one file. */
  public record Download(URI url, long size, long validForS) {
    public Download {
      Forms.present("url", url);
    }
  }

  private record UploadJson(long size, ByteString sha256) {}

  private record DownloadJson(String blob) {}

  /**
   * Asks to put there what has exactly this length and digest. Fails with {@code
   * payload-too-large}, and with {@code rate-limited} if it was too much for now.
   */
  public Upload upload(long size, ByteString sha256) {
    UploadJson ask = new UploadJson(size, sha256);
    return tokens.with(token ->
        api.ask(Call.post("grantUpload", MEDIA + "/uploads", ask).by(token), Upload.class));
  }

  /** Fails with {@code not-found} if it is not there, or not any more. */
  public Download download(String blob) {
    DownloadJson ask = new DownloadJson(Forms.text("blob", BLOB, blob));
    return tokens.with(token ->
        api.ask(Call.post("grantDownload", MEDIA + "/downloads", ask).by(token), Download.class));
  }
}
