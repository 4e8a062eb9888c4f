package io.bluetick.message.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.message.mailbox.Membership;
import io.bluetick.message.mailbox.Membership.Role;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.GroupChanged;
import io.bluetick.protocol.v1.Member;
import io.bluetick.protocol.v1.WhoSends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What {@link Groups} and {@link BlockLists} promise, whoever knows. */
abstract class PeopleContract {
  static final Duration LIMIT = Duration.ofSeconds(10);
  static final AccountId ALICE = new AccountId(7, 0xA);
  static final AccountId BOB = new AccountId(7, 0xB);
  static final AccountId GROUP = new AccountId(7, 0xC);

  /** What is known. */
  final PeopleForTests known = new PeopleForTests();

  abstract Groups groups();

  abstract BlockLists blockLists();

  /** Nobody answers from here on. */
  abstract void goAway();

  static <T> T answered(CompletionStage<T> answer) {
    assertThat(answer.toCompletableFuture()).succeedsWithin(LIMIT);
    return answer.toCompletableFuture().join();
  }

  static void assertAway(CompletionStage<?> answer) {
    assertThat(answer.toCompletableFuture())
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(PeopleAwayException.class);
  }

  static GroupChanged group(long version, WhoSends whoSends) {
    return GroupChanged.newBuilder()
        .setVersion(version)
        .addMembers(Member.newBuilder().setAccount(ALICE.bytes()).setIsAdmin(true))
        .addMembers(Member.newBuilder().setAccount(BOB.bytes()))
        .setWhoSends(whoSends)
        .build();
  }

  static List<AccountId> ids(int count) {
    List<AccountId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(new AccountId(8, i));
    }
    return ids;
  }

  @Test
  void a_group_is_known_with_its_members_and_rules() {
    known.group(GROUP, group(9, WhoSends.ADMINS));
    assertThat(answered(groups().load(List.of(GROUP))))
        .containsExactly(
            Map.entry(
                GROUP,
                new Membership(9, Map.of(ALICE, Role.ADMIN, BOB, Role.MEMBER), WhoSends.ADMINS)));
  }

  @Test
  void a_group_that_does_not_exist_is_none() {
    known.group(GROUP, group(9, WhoSends.EVERY_MEMBER));
    Map<AccountId, Membership> loaded = answered(groups().load(List.of(ALICE, GROUP)));
    assertThat(loaded).containsOnlyKeys(ALICE, GROUP).containsEntry(ALICE, Membership.NONE);
    assertThat(loaded.values()).extracting(Membership::version).containsExactlyInAnyOrder(0L, 9L);
  }

  @Test
  void everybody_has_a_block_list_and_most_are_empty() {
    known.block(BOB, Set.of(ALICE, GROUP));
    assertThat(answered(blockLists().load(List.of(ALICE, BOB))))
        .containsOnly(Map.entry(ALICE, Set.of()), Map.entry(BOB, Set.of(ALICE, GROUP)));
  }

  @Test
  void many_are_asked_for_at_once() {
    List<AccountId> many = ids(450);
    known.block(many.get(449), Set.of(ALICE));
    known.group(many.get(449), group(3, WhoSends.EVERY_MEMBER));
    assertThat(answered(blockLists().load(many)))
        .hasSize(450)
        .containsEntry(many.get(449), Set.of(ALICE))
        .containsEntry(many.get(448), Set.of());
    assertThat(answered(groups().load(many)))
        .hasSize(450)
        .hasEntrySatisfying(many.get(449), group -> assertThat(group.version()).isEqualTo(3));
  }

  @Test
  void nobody_is_asked_for_nothing() {
    goAway();
    assertThat(answered(groups().load(List.of()))).isEmpty();
    assertThat(answered(blockLists().load(Set.of()))).isEmpty();
  }

  @Test
  void whoever_does_not_answer_is_away() {
    goAway();
    assertAway(groups().load(List.of(GROUP)));
    assertAway(blockLists().load(List.of(ALICE)));
  }
}
