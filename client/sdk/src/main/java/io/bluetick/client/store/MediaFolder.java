package io.bluetick.client.store;

/** A folder of {@code Media/}, by what lies in it. */
public enum MediaFolder {
  IMAGES("Images"),
  VOICE_NOTES("Voice Notes"),
  VIDEO("Video"),
  FILES("Files");

  private final String title;

  MediaFolder(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
