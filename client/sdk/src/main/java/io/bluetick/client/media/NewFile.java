package io.bluetick.client.media;

import io.bluetick.client.content.MediaKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be sent.
 *
 * @param mediaType such as {@code image/jpeg}; empty if it is not known
 * @param isViewOnce whether others may look at it once only
 */
public record NewFile(
    Path file, MediaKind kind, String mediaType, String caption, boolean isViewOnce) {

  /** What kind of file it is, its name says. */
  public static NewFile of(Path file) {
    @Nullable String mediaType = null;
    try {
      mediaType = Files.probeContentType(file);
    } catch (IOException _) {
      // Then it is a file like any other.
      mediaType = null;
    }
    return new NewFile(file, kind(mediaType), mediaType == null ? "" : mediaType, "", false);
  }

  public NewFile withCaption(String text) {
    return new NewFile(file, kind, mediaType, text, isViewOnce);
  }

  public NewFile as(MediaKind other) {
    return new NewFile(file, other, mediaType, caption, isViewOnce);
  }

  public NewFile viewedOnce() {
    return new NewFile(file, kind, mediaType, caption, true);
  }

  /** Audio is a voice note only if somebody says so. */
  private static MediaKind kind(@Nullable String mediaType) {
    if (mediaType == null) {
      return MediaKind.FILE;
    }
    return switch (mediaType.split("/", 2)[0]) {
      case "image" -> MediaKind.IMAGE;
      case "video" -> MediaKind.VIDEO;
      default -> MediaKind.FILE;
    };
  }
}
