package io.bluetick.message.mailbox;

import static io.bluetick.message.mailbox.Actors.ALICE;
import static io.bluetick.message.mailbox.Actors.BOB;
import static io.bluetick.message.mailbox.Actors.to;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.message.mailbox.Effect.Send;
import io.bluetick.message.mailbox.Effect.Spread;
import io.bluetick.message.mailbox.Effect.Tell;
import io.bluetick.message.mailbox.Membership.Role;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.v1.CiphertextKind;
import io.bluetick.protocol.v1.DeliverToGroup;
import io.bluetick.protocol.v1.GroupChanged;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Member;
import io.bluetick.protocol.v1.WhoSends;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupTest {
  private static final AccountId GROUP = new AccountId(0, 0x6);

  private final Actors world = new Actors(World.BOUNDS).with(ALICE, 0, 1).with(BOB, 0, 1);

  private static MailboxCommand.Builder message(long counter, long version) {
    return to(GROUP)
        .setDeliverToGroup(
            DeliverToGroup.newBuilder()
                .setFrom(Actors.id(ALICE, 0))
                .setCounter(counter)
                .setTimeMs(Actors.START_MS)
                .setMembershipVersion(version)
                .setCiphertext(ByteString.copyFromUtf8("for all")));
  }

  private void members(WhoSends whoSends, Map<AccountId, Role> roles) {
    world.actors.know(GROUP, new Membership(1, roles, whoSends));
  }

  @Test
  void a_message_is_one_command_for_each_partition_with_members() {
    Map<AccountId, Role> roles = new HashMap<>(Map.of(ALICE, Role.MEMBER));
    for (int i = 0; i < 30; i++) {
      roles.put(new AccountId(1, i), Role.MEMBER);
    }
    members(WhoSends.EVERY_MEMBER, roles);
    world.handle(message(1, 1));
    Set<AccountId> reached = new HashSet<>();
    for (Spread spread : world.done(Spread.class)) {
      List<ByteString> ids = spread.command().getFanOut().getMembersList();
      assertThat(ids.size()).isLessThanOrEqualTo(World.BOUNDS.membersPerFanOut());
      for (ByteString id : ids) {
        assertThat(Partitions.of(AccountId.of(id), 4)).isEqualTo(spread.partition());
        assertThat(reached.add(AccountId.of(id))).isTrue();
      }
    }
    assertThat(reached).isEqualTo(roles.keySet());
    assertThat(world.done(Tell.class)).isEmpty();
  }

  @Test
  void each_member_gets_it_on_all_devices_but_the_one_that_sent_it() {
    members(WhoSends.EVERY_MEMBER, Map.of(ALICE, Role.MEMBER, BOB, Role.MEMBER));
    world.online(ALICE, 1, 0);
    world.online(BOB, 0, 0);
    world.done(Send.class);
    world.handle(message(1, 1));
    for (Spread spread : world.done(Spread.class)) {
      world.handle(spread.command().toBuilder());
    }
    assertThat(world.done(Send.class))
        .hasSize(2)
        .allSatisfy(send -> {
          assertThat(send.content().getMessage().getGroup()).isEqualTo(GROUP.bytes());
          assertThat(send.content().getMessage().getKind()).isEqualTo(CiphertextKind.SENDER_KEY);
        });
    assertThat(world.actors.held()).isEqualTo(3);
  }

  @Test
  void what_is_sent_again_is_not_spread_again() {
    members(WhoSends.EVERY_MEMBER, Map.of(ALICE, Role.MEMBER));
    world.handle(message(1, 1));
    world.done(Spread.class);
    world.handle(message(1, 1));
    assertThat(world.done(Spread.class)).isEmpty();
  }

  @Test
  void who_is_no_member_or_may_only_read_is_told() {
    members(WhoSends.EVERY_MEMBER, Map.of(BOB, Role.ADMIN));
    world.handle(message(1, 1));
    assertThat(rejections()).containsExactly("forbidden");
    world.actors.know(
        GROUP, new Membership(2, Map.of(ALICE, Role.MEMBER, BOB, Role.ADMIN), WhoSends.ADMINS));
    world.handle(message(2, 2));
    assertThat(rejections()).containsExactly("forbidden");
    assertThat(world.done(Spread.class)).isEmpty();
  }

  @Test
  void a_group_that_is_gone_is_told() {
    members(WhoSends.EVERY_MEMBER, Map.of(ALICE, Role.MEMBER));
    world.handle(to(GROUP).setGroupChanged(GroupChanged.newBuilder().setVersion(2)));
    world.handle(message(1, 2));
    assertThat(rejections()).containsExactly("not-found");
  }

  @Test
  void while_nobody_can_say_who_is_in_a_group_the_sender_is_told_to_try_again() {
    world.actors.know(GROUP, Membership.UNKNOWN);
    world.handle(message(1, 1));
    assertThat(rejections()).containsExactly("unavailable");
    assertThat(world.actors.unknownGroups(message(1, 1).build())).containsExactly(GROUP);
    members(WhoSends.EVERY_MEMBER, Map.of(ALICE, Role.MEMBER));
    world.handle(message(1, 1));
    assertThat(world.done(Spread.class)).hasSize(1);
  }

  @Test
  void who_was_removed_before_a_message_does_not_get_it() {
    members(WhoSends.EVERY_MEMBER, Map.of(ALICE, Role.MEMBER, BOB, Role.MEMBER));
    world.handle(
        to(GROUP)
            .setGroupChanged(
                GroupChanged.newBuilder()
                    .setVersion(2)
                    .addMembers(Member.newBuilder().setAccount(ALICE.bytes()).setIsAdmin(true))));
    world.handle(message(1, 1));
    assertThat(world.done(Spread.class))
        .flatExtracting(spread -> spread.command().getFanOut().getMembersList())
        .containsExactly(ALICE.bytes());
    assertThat(world.done(Tell.class))
        .extracting(tell -> tell.command().getListChanged().getVersion())
        .containsExactly(2L);
  }

  @Test
  void a_newer_membership_than_the_one_known_is_looked_up_first() {
    assertThat(world.actors.unknownGroups(message(1, 1).build())).containsExactly(GROUP);
    members(WhoSends.EVERY_MEMBER, Map.of(ALICE, Role.MEMBER));
    assertThat(world.actors.unknownGroups(message(1, 1).build())).isEmpty();
    assertThat(world.actors.unknownGroups(message(1, 2).build())).containsExactly(GROUP);
  }

  @Test
  void a_group_may_be_evicted_and_is_looked_up_again() {
    members(WhoSends.EVERY_MEMBER, Map.of(ALICE, Role.MEMBER));
    world.actors.evict(1, Set.of());
    assertThat(world.actors.unknownGroups(message(1, 1).build())).isEmpty();
    world.actors.evict(0, Set.of());
    assertThat(world.actors.unknownGroups(message(1, 1).build())).containsExactly(GROUP);
  }

  private List<String> rejections() {
    return world.done(Tell.class).stream()
        .map(tell -> tell.command().getTellRejection().getRejection().getCode())
        .toList();
  }
}
