package io.bluetick.message.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.message.mailbox.Membership;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.BlockList;
import io.bluetick.protocol.v1.BlocksAnswer;
import io.bluetick.protocol.v1.GroupsAnswer;
import io.bluetick.protocol.v1.Member;
import io.bluetick.protocol.v1.WhoSends;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPeopleTest extends PeopleContract {
  private final FakeUserService server;
  private final HttpPeople people;

  HttpPeopleTest() throws IOException {
    server = new FakeUserService(known);
    people = new HttpPeople(settings(FakeUserService.SECRET));
  }

  private PeopleSettings settings(String secret) {
    return new PeopleSettings(server.url(), secret, Duration.ofSeconds(2));
  }

  @AfterEach
  void close() {
    people.close();
    server.close();
  }

  @Override
  Groups groups() {
    return people::groups;
  }

  @Override
  BlockLists blockLists() {
    return people::blockLists;
  }

  @Override
  void goAway() {
    server.close();
  }

  @Test
  void it_asks_in_batches() {
    assertThat(answered(people.groups(ids(250)))).hasSize(250);
    assertThat(server.sizes).containsExactly(100, 100, 50);
    server.sizes.clear();
    assertThat(answered(people.blockLists(ids(450)))).hasSize(450);
    assertThat(server.sizes).containsExactly(200, 200, 50);
  }

  @Test
  void a_user_service_that_does_not_know_the_paths_has_no_groups_and_nobody_has_blocked_anybody() {
    known.group(GROUP, group(9, WhoSends.ADMINS));
    known.block(ALICE, Set.of(BOB));
    server.answerWith(404);
    assertThat(answered(people.groups(List.of(GROUP)))).containsEntry(GROUP, Membership.NONE);
    assertThat(answered(people.blockLists(List.of(ALICE)))).containsEntry(ALICE, Set.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 302, 400, 401, 429, 500, 503})
  void every_other_status_is_no_answer(int status) {
    server.answerWith(status);
    server.answerWith(_ -> new byte[0]);
    assertAway(people.groups(List.of(GROUP)));
    assertAway(people.blockLists(List.of(ALICE)));
  }

  @Test
  void nor_is_one_of_the_wrong_length_or_form() {
    server.answerWith(_ -> new byte[0]);
    assertAway(people.groups(List.of(GROUP)));
    assertAway(people.blockLists(List.of(ALICE)));
    server.answerWith(_ -> new byte[] {1, 2, 3});
    assertAway(people.groups(List.of(GROUP)));
    assertAway(people.blockLists(List.of(ALICE)));
  }

  @Test
  void nor_is_one_that_names_who_cannot_be() {
    ByteString tooShort = ByteString.copyFromUtf8("short");
    server.answerWith(_ ->
        GroupsAnswer.newBuilder()
            .addGroups(
                group(1, WhoSends.ADMINS).toBuilder()
                    .addMembers(Member.newBuilder().setAccount(tooShort)))
            .build()
            .toByteArray());
    assertAway(people.groups(List.of(GROUP)));
    server.answerWith(_ ->
        BlocksAnswer.newBuilder()
            .addAccounts(BlockList.newBuilder().addBlocked(tooShort))
            .build()
            .toByteArray());
    assertAway(people.blockLists(List.of(ALICE)));
  }

  @Test
  void nor_is_one_that_is_too_large() {
    server.answerWith(_ ->
        BlocksAnswer.newBuilder()
            .addAccounts(
                BlockList.newBuilder()
                    .addBlocked(ByteString.copyFrom(new byte[HttpPeople.MAX_ANSWER_BYTES])))
            .build()
            .toByteArray());
    assertAway(people.blockLists(List.of(ALICE)));
  }

  @Test
  void nor_is_a_refused_secret() {
    try (HttpPeople stranger = new HttpPeople(settings("another"))) {
      assertAway(stranger.groups(List.of(GROUP)));
    }
  }

  @Test
  void the_largest_answers_that_the_contract_allows_are_taken() {
    Set<AccountId> most = Set.copyOf(ids(2_000));
    ids(HttpPeople.MAX_ACCOUNTS).forEach(account -> known.block(account, most));
    assertThat(answered(people.blockLists(ids(HttpPeople.MAX_ACCOUNTS))))
        .allSatisfy((_, blocked) -> assertThat(blocked).isEqualTo(most));
  }
}
