package io.bluetick.client.media;

import io.bluetick.client.content.MediaKind;
import io.bluetick.client.store.MediaFolder;
import io.bluetick.client.store.ProfileFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where files lie in a profile, and what they are called there. */
final class Shelf {
  /** Of a name, the end of it: there is what it is. File systems take 255. */
  private static final int NAME_LIMIT_BYTES = 180;

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
    return unique(
        place,
        safe(name),
        reserved -> Files.move(draft, reserved, StandardCopyOption.REPLACE_EXISTING));
  }

  /** Copies what was sent, so that it is still there when the original is not. */
  Path keep(Path file, MediaKind kind) throws IOException {
    return unique(
        folder.sent(folder(kind)),
        safe(String.valueOf(file.getFileName())),
        reserved -> Files.copy(file, reserved, StandardCopyOption.REPLACE_EXISTING));
  }

  String relative(Path file) {
    return folder.media().relativize(file).toString();
  }

  Path absolute(String relative) {
    return folder.media().resolve(relative);
  }

  /** What an earlier process left: drafts, and what was to be seen once. */
  List<Path> left() {
    return Stream.of(folder.drafts(), folder.shownOnce())
        .flatMap(place -> files(place).stream())
        .toList();
  }

  /** What was shown once is gone with whom it was shown to. */
  void forgetShown() {
    files(folder.shownOnce()).forEach(file -> file.toFile().delete());
  }

  private static List<Path> files(Path place) {
    try (Stream<Path> files = Files.list(place)) {
      return files.toList();
    } catch (IOException _) {
      // The next start removes them.
      return List.of();
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

  /** A name from somewhere else, that leads nowhere else and that this system can write. */
  static String safe(String name) {
    String plain = UNSAFE.matcher(name).replaceAll("_").strip();
    int start = 0;
    while (plain.substring(start).getBytes(StandardCharsets.UTF_8).length > NAME_LIMIT_BYTES) {
      start = plain.offsetByCodePoints(start, 1);
    }
    String ending = plain.substring(start);
    String visible = ending.startsWith(".") ? "_" + ending.substring(1) : ending;
    if (visible.isBlank()) {
      return "file";
    }
    try {
      return Path.of(visible).toString();
    } catch (InvalidPathException _) {
      return visible.replaceAll("[^ -~]", "_");
    }
  }

  /** How a file comes to a name that was reserved for it. */
  @FunctionalInterface
  private interface Step {
    Path to(Path reserved) throws IOException;
  }

  private static Path unique(Path folder, String name, Step step) throws IOException {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = dot > 0 ? name.substring(dot) : "";
    for (int number = 1; number < SAME_NAMES; number++) {
      try {
        // Made at once, so that two of one name do not both find it free.
        Path reserved =
            Files.createFile(
                folder.resolve(number == 1 ? name : stem + " (" + number + ")" + ending));
        return step.to(reserved);
      } catch (FileAlreadyExistsException _) {
        // The next number, then.
      }
    }
    throw new FileAlreadyExistsException(name);
  }
}
