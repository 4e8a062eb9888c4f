package io.bluetick.message.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.message.mailbox.Membership;
import io.bluetick.protocol.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PeopleConfigurationTest {
  private static final AccountId SOMEBODY = new AccountId(1, 2);

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(PeopleConfiguration.class);

  @Test
  void without_a_url_there_are_no_groups_and_nobody_has_blocked_anybody() {
    context
        .withPropertyValues("bluetick.people.url=")
        .run(started -> {
          assertThat(started).doesNotHaveBean(HttpPeople.class);
          assertThat(
                  PeopleContract.answered(
                      started.getBean(Groups.class).load(List.of(SOMEBODY, SOMEBODY))))
              .containsOnlyKeys(SOMEBODY)
              .containsValue(Membership.NONE);
          assertThat(
                  PeopleContract.answered(
                      started.getBean(BlockLists.class).load(List.of(SOMEBODY))))
              .containsEntry(SOMEBODY, Set.of());
        });
  }

  @Test
  void with_one_user_service_is_asked() {
    context
        .withPropertyValues("bluetick.people.url=http://127.0.0.1:1", "bluetick.people.timeout=2s")
        .run(started ->
            PeopleContract.assertAway(started.getBean(Groups.class).load(List.of(SOMEBODY))));
  }

  @Test
  void what_is_no_url_stops_the_start() {
    context
        .withPropertyValues("bluetick.people.url=user:8085")
        .run(started -> assertThat(started).hasFailed());
  }

  @Test
  void the_secret_is_not_printed() {
    PeopleSettings settings = new PeopleSettings("http://user", "hidden", Duration.ofSeconds(1));
    assertThat(settings.toString()).doesNotContain("hidden");
  }
}
