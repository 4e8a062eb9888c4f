package io.bluetick.client.media;

import io.bluetick.client.content.MediaKind;
import io.bluetick.client.store.MediaFolder;
import io.bluetick.client.store.ProfileFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where files lie in a profile, and what they are called there. */
final class Shelf {
  /** Of a name, the end of it: there is what it is. */
  private static final int NAME_LIMIT = 100;

  /** Files of one name. */
  private static final int SAME_NAMES = 10_000;

  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}/\\\\:*?\"<>|]");

  private final ProfileFolder folder;

  Shelf(ProfileFolder folder) {
    this.folder = folder;
  }

  /** Something that is on its way in or out. Its name is its message's. */
  Path draft(String name) {
    return folder.drafts().resolve(name);
  }

  /** Gives a draft its place among what was received, or shown once. */
  Path receive(Path draft, MediaKind kind, String name, boolean isViewOnce) throws IOException {
    Path place = isViewOnce ? folder.shownOnce() : folder.received(folder(kind));
    return unique(place, safe(name), free -> Files.move(draft, free));
  }

  /** Copies what was sent, so that it is still there when the original is not. */
  Path keep(Path file, MediaKind kind) throws IOException {
    return unique(
        folder.sent(folder(kind)),
        safe(String.valueOf(file.getFileName())),
        free -> Files.copy(file, free, StandardCopyOption.COPY_ATTRIBUTES));
  }

  String relative(Path file) {
    return folder.media().relativize(file).toString();
  }

  Path absolute(String relative) {
    return folder.media().resolve(relative);
  }

  /** What an earlier process left: drafts, and what was to be seen once. */
  List<Path> left() throws IOException {
    try (Stream<Path> drafts = Files.list(folder.drafts());
        Stream<Path> shown = Files.list(folder.shownOnce())) {
      return Stream.concat(drafts, shown).toList();
    }
  }

  private static MediaFolder folder(MediaKind kind) {
    return switch (kind) {
      case IMAGE -> MediaFolder.IMAGES;
      case VIDEO -> MediaFolder.VIDEO;
      case VOICE_NOTE -> MediaFolder.VOICE_NOTES;
      case FILE, UNRECOGNIZED -> MediaFolder.FILES;
    };
  }

  /** A name from somewhere else, that leads nowhere else. */
  static String safe(String name) {
    String plain = UNSAFE.matcher(name).replaceAll("_").strip();
    String ending = plain.substring(Math.max(0, plain.length() - NAME_LIMIT));
    String visible = ending.startsWith(".") ? "_" + ending.substring(1) : ending;
    return visible.isBlank() ? "file" : visible;
  }

  /** How a file gets a name that is free. */
  @FunctionalInterface
  private interface Step {
    Path to(Path free) throws IOException;
  }

  private static Path unique(Path folder, String name, Step step) throws IOException {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = dot > 0 ? name.substring(dot) : "";
    for (int number = 1; number < SAME_NAMES; number++) {
      try {
        return step.to(folder.resolve(number == 1 ? name : stem + " (" + number + ")" + ending));
      } catch (FileAlreadyExistsException _) {
        // The next number, then.
      }
    }
    throw new FileAlreadyExistsException(name);
  }
}
