package io.bluetick.session.admin;

import static io.bluetick.testkit.service.ApiCaller.json;
import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.session.account.AdminActed;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import io.bluetick.testkit.service.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class AuditTest {
  private static final String AUDIT = "/v1/admin/session/audit";

  @Autowired private ApplicationEventPublisher events;
  @Autowired private TransactionTemplate transaction;

  @Value("${local.server.port}")
  private int port;

  private final String target = UUID.randomUUID().toString();
  private ApiCaller support;

  @BeforeEach
  void caller() {
    support = new ApiCaller(port, TestTokens.role("support"));
  }

  @Test
  void pages_follow_each_other_without_gap_or_repetition() throws Exception {
    act("ann", 7);
    List<String> seen = new ArrayList<>();
    String next = "";
    for (int page = 0; page < 4; page++) {
      JsonNode answer = json(support.get(AUDIT + "?limit=3&target=" + target + next));
      answer.at("/entries").forEach(entry -> seen.add(entry.at("/detail").asString()));
      if (!answer.has("next")) {
        break;
      }
      next = "&before=" + answer.at("/next").asString();
      act("ann", 1); // What comes meanwhile is newer than all pages to come.
    }
    assertThat(seen).containsExactly("7", "6", "5", "4", "3", "2", "1");
  }

  @Test
  void a_page_that_is_just_full_is_the_last() throws Exception {
    act("ann", 3);
    JsonNode answer = json(support.get(AUDIT + "?limit=3&target=" + target));
    assertThat(answer.at("/entries").size()).isEqualTo(3);
    assertThat(answer.has("next")).isFalse();
  }

  @Test
  void entries_are_found_by_who_acted() throws Exception {
    act("ann", 2);
    act("bob-" + target, 1);
    JsonNode answer = json(support.get(AUDIT + "?actor=bob-" + target));
    assertThat(answer.at("/entries").size()).isEqualTo(1);
    assertThat(answer.at("/entries/0/target").asString()).isEqualTo(target);
    assertThat(answer.at("/entries/0/action").asString()).isEqualTo("test.act");
    assertThat(json(support.get(AUDIT + "?actor=ann&target=" + target)).at("/entries").size())
        .isEqualTo(2);
  }

  @Test
  void what_was_not_done_is_not_in_the_log() throws Exception {
    transaction.executeWithoutResult(status -> {
      act("ann", 1);
      status.setRollbackOnly();
    });
    assertThat(json(support.get(AUDIT + "?target=" + target)).at("/entries").isEmpty()).isTrue();
  }

  @Test
  void an_endless_name_is_cut() throws Exception {
    act("a".repeat(5000), 1);
    assertThat(json(support.get(AUDIT + "?target=" + target)).at("/entries/0/actor").asString())
        .hasSize(200);
  }

  @Test
  void a_page_has_its_limits() throws Exception {
    assertProblem(support.get(AUDIT + "?limit=201"), 422, "invalid");
    assertProblem(support.get(AUDIT + "?limit=0"), 422, "invalid");
    assertProblem(support.get(AUDIT + "?before=newest"), 400, "bad-request");
  }

  private void act(String actor, int times) {
    IntStream.rangeClosed(1, times)
        .mapToObj(Integer::toString)
        .forEach(detail -> events.publishEvent(new AdminActed(actor, "test.act", target, detail)));
  }
}
