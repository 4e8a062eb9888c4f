package io.bluetick.client.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Delete;
import io.bluetick.client.content.Edit;
import io.bluetick.client.content.Poll;
import io.bluetick.client.content.Reaction;
import io.bluetick.client.content.Reference;
import io.bluetick.client.content.Text;
import io.bluetick.client.content.Vote;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.DatabaseKey;
import io.bluetick.client.store.Schema;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationsTest {
  private static final AccountId OWN = new AccountId(0, 1);
  private static final AccountId ANN = new AccountId(0, 2);
  private static final AccountId EVE = new AccountId(0, 3);
  private static final long NOW = 1_000_000_000L;

  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;

  private Database database;
  private Conversations conversations;
  private History history;
  private long counter;

  @BeforeEach
  void open() {
    database =
        Database.open(folder.resolve("store"), DatabaseKey.generate(random), Schema.MIGRATIONS);
    conversations = new Conversations(database);
    history = new History(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Content.Builder content() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return Content.newBuilder().setId(ByteString.copyFrom(id));
  }

  private Content text(String text) {
    return content().setText(Text.newBuilder().setText(text)).build();
  }

  private Change hear(AccountId author, Content content, long atMs) {
    return database.transaction(
        () -> conversations.hear(author, new Origin(0, ++counter), content, atMs));
  }

  private static Content edit(Content.Builder content, Content of, String text) {
    return content.setEdit(Edit.newBuilder().setId(of.getId()).setText(text)).build();
  }

  private static Content delete(Content.Builder content, Content of) {
    return content.setDelete(Delete.newBuilder().setId(of.getId())).build();
  }

  private List<String> texts(AccountId chat) {
    return history.newest(chat, 100).stream().map(Message::text).toList();
  }

  @Test
  void what_is_sent_again_is_shown_once() {
    Content hello = text("hello");
    assertThat(hear(ANN, hello, NOW)).isInstanceOf(Change.Added.class);
    assertThat(hear(ANN, hello, NOW + 5)).isInstanceOf(Change.None.class);
    assertThat(texts(ANN)).containsExactly("hello");
  }

  @Test
  void an_id_that_somebody_else_has_used_is_not_taken() {
    Content hello = text("hello");
    hear(ANN, hello, NOW);
    assertThat(hear(EVE, hello, NOW)).isInstanceOf(Change.Added.class);
    assertThat(texts(ANN)).containsExactly("hello");
    assertThat(texts(EVE)).containsExactly("hello");
  }

  @Test
  void an_edit_counts_within_its_time_by_the_server() {
    Content hello = text("hello");
    hear(ANN, hello, NOW);
    long last = NOW + Conversations.EDIT_LIMIT.toMillis();
    assertThat(hear(ANN, edit(content(), hello, "too late"), last + 1))
        .isInstanceOf(Change.None.class);
    assertThat(hear(ANN, edit(content(), hello, "hi"), last)).isInstanceOf(Change.Changed.class);
    assertThat(texts(ANN)).containsExactly("hi");
    assertThat(history.search("hello", 10)).isEmpty();
    assertThat(history.search("hi", 10)).hasSize(1);
  }

  @Test
  void a_deletion_counts_within_two_days_and_leaves_nothing() {
    Content hello = text("hello");
    hear(ANN, hello, NOW);
    long last = NOW + Duration.ofDays(2).toMillis();
    assertThat(hear(ANN, delete(content(), hello), last + 1)).isInstanceOf(Change.None.class);
    assertThat(hear(ANN, delete(content(), hello), last)).isInstanceOf(Change.Changed.class);
    assertThat(history.newest(ANN, 1).getFirst().isDeleted()).isTrue();
    assertThat(texts(ANN)).containsExactly("");
    assertThat(history.search("hello", 10)).isEmpty();
    assertThat(hear(ANN, edit(content(), hello, "back"), NOW + 1)).isInstanceOf(Change.None.class);
  }

  @Test
  void a_deletion_that_comes_before_its_message_deletes_it_when_it_comes() {
    Content hello = text("hello");
    assertThat(hear(ANN, delete(content(), hello), NOW + 5)).isInstanceOf(Change.None.class);
    assertThat(hear(ANN, hello, NOW))
        .isInstanceOfSatisfying(
            Change.Added.class, added -> assertThat(added.message().isDeleted()).isTrue());
    assertThat(texts(ANN)).containsExactly("");
    assertThat(history.search("hello", 10)).isEmpty();
  }

  @Test
  void the_last_edit_that_comes_before_its_message_is_what_it_shows() {
    Content hello = text("hello");
    hear(ANN, edit(content().setWrittenMs(7), hello, "second"), NOW + 6);
    hear(ANN, edit(content().setWrittenMs(6), hello, "first"), NOW + 7);
    assertThat(hear(ANN, hello, NOW))
        .isInstanceOfSatisfying(
            Change.Added.class, added -> assertThat(added.message().isEdited()).isTrue());
    assertThat(texts(ANN)).containsExactly("second");
    assertThat(history.search("second", 10)).hasSize(1);
    hear(ANN, edit(content().setWrittenMs(6), hello, "old"), NOW + 8);
    assertThat(texts(ANN)).containsExactly("second");
  }

  @Test
  void a_deletion_counts_more_than_an_edit_and_both_only_within_their_time() {
    Content gone = text("gone");
    hear(ANN, delete(content().setWrittenMs(1), gone), NOW);
    hear(ANN, edit(content().setWrittenMs(2), gone, "back"), NOW);
    hear(ANN, gone, NOW);
    assertThat(texts(ANN)).containsExactly("");
    Content late = text("late");
    hear(EVE, edit(content(), late, "no"), NOW + Conversations.EDIT_LIMIT.toMillis() + 1);
    hear(EVE, late, NOW);
    assertThat(texts(EVE)).containsExactly("late");
  }

  @Test
  void nobody_is_early_for_another_one_or_for_another_chat() {
    Content hello = text("hello");
    hear(EVE, delete(content(), hello), NOW);
    hear(ANN, hello, NOW);
    assertThat(texts(ANN)).containsExactly("hello");
    Content own = text("mine");
    database.transaction(() -> conversations.saidElsewhere(OWN, EVE, delete(content(), own), NOW));
    database.transaction(() -> conversations.saidElsewhere(OWN, ANN, own, NOW));
    assertThat(texts(ANN)).containsExactly("hello", "mine");
  }

  @Test
  void what_came_too_early_is_bounded_in_number_and_in_time() {
    Content first = text("first");
    Content second = text("second");
    hear(ANN, delete(content(), first), NOW);
    hear(ANN, delete(content(), second), NOW + 1);
    for (int i = 1; i < Tombstones.LIMIT; i++) {
      hear(ANN, delete(content(), text("never comes")), NOW + 1 + i);
    }
    hear(ANN, first, NOW);
    hear(ANN, second, NOW);
    assertThat(texts(ANN)).containsExactly("first", "");
    Content third = text("third");
    hear(ANN, delete(content(), third), NOW);
    database.transaction(() -> conversations.sweep(NOW + Conversations.REMEMBERED.toMillis() + 1));
    hear(ANN, third, NOW);
    assertThat(texts(ANN)).containsExactly("first", "", "third");
  }

  @Test
  void nobody_edits_or_deletes_what_another_one_wrote() {
    Content hello = text("hello");
    hear(ANN, hello, NOW);
    assertThat(hear(EVE, edit(content(), hello, "no"), NOW)).isInstanceOf(Change.None.class);
    assertThat(hear(EVE, delete(content(), hello), NOW)).isInstanceOf(Change.None.class);
    Content own = text("mine");
    database.transaction(() -> conversations.say(OWN, ANN, own, NOW));
    assertThat(hear(ANN, delete(content(), own), NOW)).isInstanceOf(Change.None.class);
    assertThat(texts(ANN)).containsExactly("hello", "mine");
  }

  @Test
  void a_reaction_is_one_for_each_person_and_only_within_the_chat() {
    Content hello = text("hello");
    hear(ANN, hello, NOW);
    Message message = history.find(ANN, hello.getId()).orElseThrow();
    hear(ANN, reaction(ANN, hello, "👍"), NOW);
    hear(ANN, reaction(ANN, hello, "🎉"), NOW);
    assertThat(hear(EVE, reaction(ANN, hello, "💥"), NOW)).isInstanceOf(Change.None.class);
    assertThat(history.reactions(message)).containsExactly(new History.Reaction(ANN, "🎉"));
    hear(ANN, reaction(ANN, hello, ""), NOW);
    assertThat(history.reactions(message)).isEmpty();
  }

  private Content reaction(AccountId author, Content to, String emoji) {
    Reference reference =
        Reference.newBuilder().setAuthor(author.bytes()).setId(to.getId()).build();
    return content().setReaction(Reaction.newBuilder().setTo(reference).setEmoji(emoji)).build();
  }

  @Test
  void a_vote_replaces_the_one_before_and_is_for_options_that_there_are() {
    Content one = poll(false);
    Content several = poll(true);
    hear(ANN, one, NOW);
    hear(ANN, several, NOW);
    hear(ANN, vote(one, 0), NOW);
    hear(ANN, vote(one, 2), NOW);
    hear(ANN, vote(several, 0, 2), NOW);
    for (Content wrong :
        List.of(vote(one, 0, 1), vote(one, 3), vote(one, -1), vote(several, 1, 1))) {
      assertThat(hear(ANN, wrong, NOW)).isInstanceOf(Change.None.class);
    }
    assertThat(hear(EVE, vote(one, 1), NOW)).isInstanceOf(Change.None.class);
    assertThat(votes(one)).containsExactly(new History.Choice(ANN, 2));
    assertThat(votes(several))
        .containsExactly(new History.Choice(ANN, 0), new History.Choice(ANN, 2));
    hear(ANN, vote(one), NOW);
    assertThat(votes(one)).isEmpty();
    hear(ANN, delete(content(), several), NOW);
    assertThat(votes(several)).isEmpty();
  }

  @Test
  void only_a_poll_is_voted_on() {
    Content hello = text("hello");
    hear(ANN, hello, NOW);
    assertThat(hear(ANN, vote(hello, 0), NOW)).isInstanceOf(Change.None.class);
    assertThat(votes(hello)).isEmpty();
  }

  @Test
  void a_poll_has_two_options_at_least_and_a_bounded_number() {
    for (int count : List.of(0, 1, Conversations.POLL_OPTIONS_LIMIT + 1)) {
      assertThat(hear(ANN, poll(false, Collections.nCopies(count, "x")), NOW))
          .isInstanceOf(Change.None.class);
    }
    List<String> most = Collections.nCopies(Conversations.POLL_OPTIONS_LIMIT, "x");
    assertThat(hear(ANN, poll(false, most), NOW)).isInstanceOf(Change.Added.class);
  }

  private List<History.Choice> votes(Content poll) {
    return history.votes(history.find(ANN, poll.getId()).orElseThrow());
  }

  private Content poll(boolean isOfSeveral) {
    return poll(isOfSeveral, List.of("four", "five", "six"));
  }

  private Content poll(boolean isOfSeveral, List<String> options) {
    return content()
        .setPoll(
            Poll.newBuilder().setQuestion("When?").addAllOptions(options).setSeveral(isOfSeveral))
        .build();
  }

  private Content vote(Content poll, Integer... options) {
    Reference reference = Reference.newBuilder().setAuthor(ANN.bytes()).setId(poll.getId()).build();
    return content()
        .setVote(Vote.newBuilder().setPoll(reference).addAllOptions(List.of(options)))
        .build();
  }

  @Test
  void ticks_only_go_forward() {
    Content own = text("mine");
    database.transaction(() -> conversations.say(OWN, ANN, own, NOW));
    long id = history.find(OWN, own.getId()).orElseThrow().id();
    database.transaction(() -> conversations.came(id, Tick.READ));
    assertThat(database.transaction(() -> conversations.came(id, Tick.DELIVERED)))
        .isInstanceOf(Change.None.class);
    assertThat(database.transaction(() -> conversations.accepted(id, NOW + 1)))
        .isInstanceOf(Change.None.class);
    assertThat(database.transaction(() -> conversations.failed(id)))
        .isInstanceOf(Change.None.class);
    assertThat(history.find(id).orElseThrow().tick()).isEqualTo(Tick.READ);
  }

  @Test
  void what_disappears_does_so_after_it_was_read() {
    Content soon = text("soon gone").toBuilder().setDisappearsAfterS(60).build();
    hear(ANN, soon, NOW);
    database.transaction(() -> conversations.sweep(NOW + 1_000_000));
    assertThat(texts(ANN)).containsExactly("soon gone");
    database.transaction(() -> conversations.read(ANN, 10, NOW));
    database.transaction(() -> conversations.sweep(NOW + 59_999));
    assertThat(texts(ANN)).containsExactly("soon gone");
    database.transaction(() -> conversations.sweep(NOW + 60_000));
    assertThat(texts(ANN)).isEmpty();
    assertThat(history.search("soon", 10)).isEmpty();
  }

  @Test
  void the_servers_time_orders_a_chat() {
    hear(ANN, text("second"), NOW + 2);
    hear(ANN, text("first"), NOW + 1);
    database.transaction(() -> conversations.say(OWN, ANN, text("third"), NOW + 3));
    assertThat(texts(ANN)).containsExactly("first", "second", "third");
    Message third = history.newest(ANN, 1).getFirst();
    assertThat(history.before(third, 1)).extracting(Message::text).containsExactly("second");
  }

  @Test
  void what_is_too_long_is_not_taken() {
    assertThat(hear(ANN, text("x".repeat(Conversations.CONTENT_LIMIT_BYTES + 1)), NOW))
        .isEqualTo(new Change.None(Change.Why.TOO_LONG));
    Content own = text("x".repeat(Conversations.TEXT_LIMIT_BYTES + 1));
    assertThat(database.transaction(() -> conversations.say(OWN, ANN, own, NOW)))
        .isEqualTo(new Change.None(Change.Why.TOO_LONG));
  }

  @Test
  void nothing_tells_why() {
    Content hello = text("hello");
    hear(ANN, hello, NOW);
    long late = NOW + Conversations.DELETE_LIMIT.toMillis() + 1;
    assertThat(hear(ANN, edit(content(), hello, "x".repeat(6_000)), late))
        .isEqualTo(new Change.None(Change.Why.TOO_LONG));
    assertThat(hear(ANN, edit(content(), hello, "x"), late))
        .isEqualTo(new Change.None(Change.Why.TOO_LATE));
    assertThat(hear(ANN, delete(content(), hello), late))
        .isEqualTo(new Change.None(Change.Why.TOO_LATE));
    assertThat(hear(EVE, edit(content(), hello, "x"), NOW))
        .isEqualTo(new Change.None(Change.Why.NOT_POSSIBLE));
  }

  @Test
  void a_search_may_stay_in_one_chat() {
    for (int count = 0; count < 3; count++) {
      hear(ANN, text("hello from ann " + count), NOW + count);
      hear(EVE, text("hello from eve " + count), NOW + count);
    }
    assertThat(history.search("hello", 10)).hasSize(6);
    assertThat(history.search(ANN, "hel", 2))
        .extracting(Message::text)
        .containsExactly("hello from ann 2", "hello from ann 1");
    assertThat(history.search(ANN, "eve", 10)).isEmpty();
    assertThat(history.search(ANN, "...", 10)).isEmpty();
  }
}
