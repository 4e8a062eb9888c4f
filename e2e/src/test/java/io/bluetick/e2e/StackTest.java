package io.bluetick.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.app.command.DemoLauncher;
import io.bluetick.devstack.process.RunFile;
import io.bluetick.devstack.system.Ports;
import io.bluetick.e2e.BluetickScript.PartRow;
import io.bluetick.e2e.BluetickScript.Result;
import io.bluetick.e2e.client.ClientPeople;
import io.bluetick.e2e.client.ClientScenario;
import io.bluetick.e2e.client.FaultScenario;
import io.bluetick.e2e.client.FirstContactScenario;
import io.bluetick.e2e.client.GroupScenario;
import io.bluetick.e2e.client.GroupServer;
import io.bluetick.e2e.client.WaitingStanzas;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole stack by its one script: up, crashes, restarts, down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StackTest {

  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(60);

  private Path home;
  private BluetickScript bluetick;
  private GroupServer groups;

  @BeforeAll
  void up(@TempDir Path folder) throws Exception {
    home = folder.resolve("home");
    groups = new GroupServer();
    bluetick = new BluetickScript(home, groups.url());
    start();
  }

  @AfterAll
  void down() throws Exception {
    Map<String, PartRow> before = bluetick.status();
    Result down = bluetick.run("down");
    assertThat(down.exit()).as(down.output()).isZero();
    assertNothingRemains(before);
    assertThat(bluetick.run("down").output()).contains("Nothing runs.");
    groups.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka",
        "cassandra",
        "postgres",
        "redis",
        "s3",
        "gateway-service",
        "session-service",
        "message-service",
        "presence-service",
        "media-service",
        "user-service"
      })
  void a_killed_part_is_shown_and_mended_while_the_others_go_on(String part) throws Exception {
    Map<String, PartRow> before = bluetick.status();
    kill(row(before, part).pid());
    await().atMost(RECOVERY_LIMIT).until(() -> !row(bluetick.status(), part).healthy());

    Result restart = bluetick.run("restart", part);

    assertThat(restart.exit()).as(restart.output()).isZero();
    awaitAllHealthy();
    Map<String, PartRow> after = bluetick.status();
    assertThat(row(after, part).pid()).isNotEqualTo(row(before, part).pid());
    before.forEach((name, row) -> {
      if (!name.equals(part)) {
        assertThat(row(after, name).pid()).as(name).isEqualTo(row.pid());
      }
    });
  }

  @Test
  void status_tells_where_each_part_is_and_what_it_costs() throws Exception {
    assertThat(bluetick.status().values())
        .hasSize(11)
        .allSatisfy(row -> {
          assertThat(row.pid()).isPositive();
          assertThat(row.port()).isPositive();
          assertThat(row.rssBytes()).isGreaterThan(1 << 20);
          assertThat(row.uptimeS()).isNotNegative();
        });
    assertThat(bluetick.run("status").output()).contains("PART", "gateway-service", "all together");
  }

  @Test
  void nothing_outlives_a_killed_launcher() throws Exception {
    Map<String, PartRow> before = bluetick.status();
    kill(RunFile.read(home.resolve("run")).process("launcher").orElseThrow().pid());
    assertNothingRemains(before);
    assertThat(bluetick.run("status").output()).contains("Not up");
    start();
  }

  @Test
  void a_second_up_changes_nothing() throws Exception {
    Map<String, PartRow> before = bluetick.status();
    Result up = bluetick.run("up");
    assertThat(up.exit()).isZero();
    assertThat(up.output()).contains("up already");
    assertThat(bluetick.status().keySet()).isEqualTo(before.keySet());
  }

  @Test
  void a_taken_port_is_one_clear_line(@TempDir Path other) throws Exception {
    int taken = row(bluetick.status(), "redis").port();
    Result up = bluetick.rival(other).run("up");
    assertThat(up.exit()).isEqualTo(1);
    assertThat(up.output())
        .contains("redis: port " + taken + " is taken")
        .contains("BLUETICK_PORT_REDIS")
        .doesNotContain("Exception");
  }

  @Test
  void an_unknown_part_is_one_clear_line() throws Exception {
    Result restart = bluetick.run("restart", "mongodb");
    assertThat(restart.exit()).isEqualTo(1);
    assertThat(restart.output()).contains("there is no part \"mongodb\"").contains("kafka");
  }

  @Test
  void logs_show_what_a_service_said() throws Exception {
    assertThat(bluetick.run("logs", "gateway", "-n", "5").output()).contains("ready");
  }

  @Test
  void a_number_becomes_a_device_that_connects_until_it_may_not() throws Exception {
    try (AccountScenario scenario = AccountScenario.on(bluetick.status(), home)) {
      scenario.aDeviceConnectsUntilItMayNot();
    }
  }

  @Test
  void connected_devices_are_found_again_after_redis_has_forgotten_them() throws Exception {
    try (AccountScenario scenario = AccountScenario.on(bluetick.status(), home)) {
      scenario.redisForgets(row(bluetick.status(), "redis").port());
    }
  }

  @Test
  void two_accounts_exchange_messages_with_all_ticks() throws Exception {
    try (MessageScenario scenario = MessageScenario.on(bluetick.status(), home)) {
      scenario.twoAccountsExchangeMessages();
    }
  }

  @Test
  void messages_wait_in_their_order_for_who_is_offline() throws Exception {
    try (MessageScenario scenario = MessageScenario.on(bluetick.status(), home)) {
      scenario.messagesWaitForWhoIsOffline();
    }
  }

  @Test
  void a_companion_gets_its_copies_and_senders_with_old_lists_repair() throws Exception {
    try (MessageScenario scenario = MessageScenario.on(bluetick.status(), home)) {
      scenario.aCompanionGetsItsCopies();
    }
  }

  @Test
  void two_people_talk_by_the_sdk(@TempDir Path profiles) throws Exception {
    try (ClientPeople people = clients(profiles)) {
      new ClientScenario(people).twoPeopleTalk();
    }
  }

  @Test
  void a_reinstalled_phone_is_written_to_and_others_are_told(@TempDir Path profiles)
      throws Exception {
    try (ClientPeople people = clients(profiles)) {
      new ClientScenario(people).aPhoneIsReinstalled();
    }
  }

  @Test
  void a_laptop_is_linked_by_a_code_and_put_out_again(@TempDir Path profiles) throws Exception {
    try (ClientPeople people = clients(profiles)) {
      new ClientScenario(people).aCompanionIsLinked();
    }
  }

  @Test
  void a_client_that_is_killed_again_and_again_loses_nothing(@TempDir Path profiles)
      throws Exception {
    try (ClientPeople people = clients(profiles)) {
      new FaultScenario(people).aClientIsKilled();
    }
  }

  @Test
  void three_people_talk_in_a_group(@TempDir Path profiles) throws Exception {
    try (ClientPeople people = clients(profiles)) {
      new GroupScenario(people, groups).aGroupTalks();
    }
  }

  @Test
  void a_file_is_sent_by_the_sdk(@TempDir Path profiles) throws Exception {
    try (ClientPeople people = clients(profiles)) {
      new ClientScenario(people).aFileIsSent(profiles);
    }
  }

  @Test
  void a_client_whose_disk_is_full_loses_nothing(@TempDir Path profiles) throws Exception {
    try (ClientPeople people = clients(profiles)) {
      new FaultScenario(people).aDiskIsFull();
    }
  }

  @Test
  void what_is_altered_on_the_server_is_not_shown_but_asked_for_again(@TempDir Path profiles)
      throws Exception {
    try (ClientPeople people = clients(profiles);
        WaitingStanzas waiting = new WaitingStanzas(row(bluetick.status(), "cassandra").port())) {
      new FaultScenario(people).ciphertextIsAltered(waiting);
    }
  }

  @Test
  void two_who_write_first_at_once_hear_each_other(@TempDir Path profiles) throws Exception {
    try (ClientPeople people = clients(profiles)) {
      new FirstContactScenario(people).bothWriteFirst();
    }
  }

  @Test
  void a_device_without_one_time_keys_is_written_to(@TempDir Path profiles) throws Exception {
    try (ClientPeople people = clients(profiles)) {
      new FirstContactScenario(people).oneTimeKeysAreOut();
    }
  }

  @Test
  void who_was_away_writes_to_the_devices_of_now(@TempDir Path profiles) throws Exception {
    try (ClientPeople people = clients(profiles)) {
      new FirstContactScenario(people).aListIsOld();
    }
  }

  @Test
  void the_demo_shows_what_it_promises() throws Exception {
    int port = row(bluetick.status(), "gateway-service").port();
    assertThat(
            DemoLauncher.run(
                "--plain",
                "--fast",
                "--server",
                "http://127.0.0.1:" + port,
                "--home",
                home.toString(),
                "--timeout",
                "60s"))
        .isZero();
  }

  private ClientPeople clients(Path profiles) throws Exception {
    int port = row(bluetick.status(), "gateway-service").port();
    return new ClientPeople(URI.create("http://127.0.0.1:" + port), home, profiles);
  }

  @Test
  void nothing_is_lost_shown_twice_or_out_of_order_while_parts_die() throws Exception {
    try (People people = People.on(bluetick.status(), home)) {
      new ChaosScenario(bluetick, people, ChaosScenario.seed()).run();
    }
  }

  private void start() throws Exception {
    Result up = bluetick.run("up", "-d", "--no-training");
    assertThat(up.exit()).as(up.output()).isZero();
    assertThat(up.output()).contains("All healthy in");
    awaitAllHealthy();
  }

  private void awaitAllHealthy() {
    Callable<Boolean> allHealthy =
        () -> bluetick.status().values().stream().allMatch(PartRow::healthy);
    await().atMost(RECOVERY_LIMIT).until(allHealthy);
  }

  private static void assertNothingRemains(Map<String, PartRow> parts) {
    await()
        .atMost(RECOVERY_LIMIT)
        .untilAsserted(() ->
            assertThat(parts.values())
                .allSatisfy(row -> {
                  assertThat(ProcessHandle.of(row.pid())).as(row.part()).isEmpty();
                  assertThat(Ports.isFree("127.0.0.1", row.port())).as(row.part()).isTrue();
                }));
  }

  private static PartRow row(Map<String, PartRow> rows, String part) {
    PartRow row = rows.get(part);
    if (row == null) {
      throw new IllegalArgumentException("no part " + part + " in " + rows.keySet());
    }
    return row;
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
