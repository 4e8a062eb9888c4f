package io.bluetick.client.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.content.Attachment;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Delete;
import io.bluetick.client.content.MediaKind;
import io.bluetick.client.media.Media;
import io.bluetick.client.media.MediaException;
import io.bluetick.client.media.NewFile;
import io.bluetick.client.store.ProfileFolder;
import io.bluetick.client.store.SealedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
  private static final int BYTES = 200_000;

  @TempDir private Path folder;

  private final FakeServer server = new FakeServer();
  private FakeMedia store;
  private Person ann;
  private Person bob;
  private ProfileFolder annFolder;
  private ProfileFolder bobFolder;
  private Media annMedia;
  private Media bobMedia;
  private Path photo;

  @BeforeEach
  void begin() throws IOException {
    store = new FakeMedia();
    ann = Person.join(server, folder, "ann.db").online();
    bob = Person.join(server, folder, "bob.db").online();
    annFolder = ProfileFolder.open(folder.resolve("ann"));
    bobFolder = ProfileFolder.open(folder.resolve("bob"));
    annMedia = store.at(ann.engine(), annFolder);
    bobMedia = store.at(bob.engine(), bobFolder);
    annMedia.start();
    bobMedia.start();
    byte[] bytes = new byte[BYTES];
    new Random(1).nextBytes(bytes);
    photo = Files.write(folder.resolve("photo.jpg"), bytes);
  }

  @AfterEach
  void end() {
    annMedia.close();
    bobMedia.close();
    ann.close();
    bob.close();
    annFolder.close();
    bobFolder.close();
    store.close();
  }

  private Message sent(NewFile file) {
    return annMedia.send(bob.account(), file).join().orElseThrow();
  }

  private Message heard() {
    await().atMost(Person.LIMIT).until(() -> !bob.chat(ann).isEmpty());
    return bob.chat(ann).getLast();
  }

  private static MediaException.Kind failure(Media media, Message message) {
    Throwable failure = catchThrowable(() -> media.fetch(message).join());
    if (failure instanceof CompletionException ended
        && ended.getCause() instanceof MediaException refused) {
      return refused.kind();
    }
    throw new AssertionError(failure);
  }

  private static Content deletion(Message message) {
    return Content.newBuilder()
        .setId(message.contentId().substring(1).concat(message.contentId().substring(0, 1)))
        .setDelete(Delete.newBuilder().setId(message.contentId()))
        .build();
  }

  private static long files(ProfileFolder folder) throws IOException {
    try (Stream<Path> drafts = Files.list(folder.drafts())) {
      return drafts.count();
    }
  }

  @Test
  void a_photo_arrives_as_it_was_sent() throws IOException {
    Message message = sent(NewFile.of(photo).withCaption("the sea"));
    assertThat(message.text()).isEqualTo("[image] photo.jpg the sea");
    ann.awaitTick(message, Tick.DELIVERED);

    Path kept = bobMedia.fetch(heard()).join();
    assertThat(Files.mismatch(kept, photo)).isEqualTo(-1);
    assertThat(kept).endsWithRaw(Path.of("bob", "Media", "Images", "photo.jpg"));
    assertThat(annMedia.fetch(message).join())
        .endsWithRaw(Path.of("ann", "Media", "Images", "Sent", "photo.jpg"));
    assertThat(bobMedia.fetch(heard()).join()).isEqualTo(kept);
    assertThat(store.blobs).hasSize(1);
    assertThat(Files.readAllBytes(photo)).isNotEqualTo(store.blob("blob-1"));
    await().atMost(Person.LIMIT).until(() -> files(annFolder) == 0);
    assertThat(files(bobFolder)).isZero();
  }

  @Test
  void an_upload_that_fails_is_tried_again() {
    store.troubles.add(503);
    store.troubles.add(503);
    ann.awaitTick(sent(NewFile.of(photo)), Tick.DELIVERED);
    assertThat(store.uploads).hasValue(3);
  }

  @Test
  void tokens_that_ended_fail_no_file() {
    store.troubles.add(401);
    ann.awaitTick(sent(NewFile.of(photo)), Tick.DELIVERED);
  }

  @Test
  void a_caption_that_leaves_no_room_is_refused() {
    Saying saying =
        annMedia.send(bob.account(), NewFile.of(photo).withCaption("x".repeat(5_800))).join();
    assertThat(saying).isEqualTo(new Saying.TooLong());
    assertThat(annFolder.media().resolve("Images/Sent/photo.jpg")).doesNotExist();
  }

  @Test
  void a_file_that_the_server_never_takes_fails_its_message() {
    store.troubles.add(413);
    Message message = sent(NewFile.of(photo));
    await().atMost(Person.LIMIT).until(() -> ann.tick(message) == Tick.FAILED);
    assertThat(bob.chat(ann)).isEmpty();
    ann.awaitTick(sent(NewFile.of(photo)), Tick.DELIVERED);
  }

  @Test
  void a_file_that_was_not_sent_is_sent_after_the_next_start() throws IOException {
    annMedia.close();
    annMedia = store.at(ann.engine(), annFolder);
    // Nobody uploads yet.
    Message message = sent(NewFile.of(photo));
    Files.write(annFolder.drafts().resolve("left behind"), new byte[1]);
    Files.write(annFolder.shownOnce().resolve("left behind"), new byte[1]);
    annMedia.close();
    ann.restart();
    ann.online();
    annMedia = store.at(ann.engine(), annFolder);
    annMedia.start();
    ann.awaitTick(message, Tick.DELIVERED);
    assertThat(bobMedia.fetch(heard()).join()).hasSize(BYTES);
    await().atMost(Person.LIMIT).until(() -> files(annFolder) == 0);
  }

  @Test
  void what_was_deleted_before_it_was_sent_is_not_sent() {
    annMedia.close();
    annMedia = store.at(ann.engine(), annFolder);
    Message message = sent(NewFile.of(photo));
    ann.say(bob.account(), deletion(message));
    annMedia.start();
    ann.awaitTick(ann.say(bob, "after"), Tick.DELIVERED);
    await().atMost(Person.LIMIT).until(() -> files(annFolder) == 0);
    assertThat(bob.texts(ann)).containsExactly("after");
  }

  @Test
  void a_file_goes_with_its_message() {
    Message message = sent(NewFile.of(photo));
    ann.awaitTick(message, Tick.DELIVERED);
    Path here = bobMedia.fetch(heard()).join();
    Path there = annMedia.fetch(message).join();
    ann.say(bob.account(), deletion(message));
    await().atMost(Person.LIMIT).until(() -> heard().isDeleted());
    bobMedia.wake();
    annMedia.wake();
    await().atMost(Person.LIMIT).until(() -> !Files.exists(here) && !Files.exists(there));
    assertThat(failure(bobMedia, heard())).isEqualTo(MediaException.Kind.GONE);
  }

  @Test
  void one_that_cannot_be_sent_holds_up_no_other() throws IOException {
    annMedia.close();
    annMedia = store.at(ann.engine(), annFolder);
    Path first = Files.write(folder.resolve("first"), new byte[BYTES / 2]);
    store.refusedBytes = SealedFile.sealedBytes(BYTES / 2);
    sent(NewFile.of(first));
    Message second = sent(NewFile.of(photo));
    annMedia.start();
    ann.awaitTick(second, Tick.DELIVERED);
  }

  @Test
  void what_was_altered_on_the_server_is_not_shown() throws IOException {
    ann.awaitTick(sent(NewFile.of(photo)), Tick.DELIVERED);
    store.blob("blob-1")[BYTES / 2] ^= 1;
    assertThat(failure(bobMedia, heard())).isEqualTo(MediaException.Kind.DAMAGED);
    store.blobs.put("blob-1", new byte[7]);
    assertThat(failure(bobMedia, heard())).isEqualTo(MediaException.Kind.DAMAGED);
    store.blobs.clear();
    assertThat(failure(bobMedia, heard())).isEqualTo(MediaException.Kind.GONE);
    store.close();
    assertThat(failure(bobMedia, heard())).isEqualTo(MediaException.Kind.AWAY);
    assertThat(files(bobFolder)).isZero();
    assertThat(bobFolder.media().resolve("Images/photo.jpg")).doesNotExist();
  }

  @Test
  void what_may_be_seen_once_is_seen_once() throws IOException {
    Message message = sent(NewFile.of(photo).viewedOnce());
    ann.awaitTick(message, Tick.DELIVERED);
    Message unseen = heard();
    Path seen = bobMedia.fetch(unseen).join();
    assertThat(Files.mismatch(seen, photo)).isEqualTo(-1);
    assertThat(failure(bobMedia, unseen)).isEqualTo(MediaException.Kind.GONE);
    Attachment left = heard().content().getAttachment();
    assertThat(left.getKey().isEmpty() && left.getBlob().isEmpty()).isTrue();
    assertThat(failure(bobMedia, heard())).isEqualTo(MediaException.Kind.GONE);
    assertThat(failure(annMedia, message)).isEqualTo(MediaException.Kind.GONE);
    assertThat(annFolder.media().resolve("Images/Sent/photo.jpg")).doesNotExist();

    bobMedia.close();
    assertThat(seen).doesNotExist();
  }

  @Test
  void what_is_no_file_is_refused_at_once() {
    Throwable failure =
        catchThrowable(
            () -> annMedia.send(bob.account(), NewFile.of(folder.resolve("none"))).join());
    assertThat(failure.getCause())
        .isInstanceOfSatisfying(
            MediaException.class,
            refused -> assertThat(refused.kind()).isEqualTo(MediaException.Kind.UNREADABLE));
    assertThat(NewFile.of(folder).kind()).isEqualTo(MediaKind.FILE);
    assertThat(ann.chat(bob)).isEmpty();
  }
}
