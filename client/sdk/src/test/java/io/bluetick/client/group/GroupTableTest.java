package io.bluetick.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bluetick.client.store.Database;
import io.bluetick.client.store.DatabaseKey;
import io.bluetick.client.store.Schema;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupTableTest {
  private static final AccountId ID = new AccountId(7, 7);
  private static final AccountId ANN = new AccountId(0, 1);
  private static final AccountId BOB = new AccountId(0, 2);

  @TempDir private Path folder;

  private Database database;
  private GroupTable groups;

  @BeforeEach
  void open() {
    database =
        Database.open(
            folder.resolve("store"), DatabaseKey.generate(new SecureRandom()), Schema.MIGRATIONS);
    groups = new GroupTable(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private boolean know(long version, long nowMs, AccountId... members) {
    return groups.know(new Group(ID, "a group", version, Set.of(members)), nowMs);
  }

  @Test
  void only_a_newer_version_counts() {
    assertThat(groups.isKnown(ID)).isFalse();
    assertThat(know(2, 10, ANN)).isTrue();
    assertThat(know(2, 11, ANN, BOB)).isFalse();
    assertThat(know(1, 12, BOB)).isFalse();
    assertThat(groups.find(ID)).contains(new Group(ID, "a group", 2, Set.of(ANN)));
    assertThat(know(3, 13, ANN, BOB)).isTrue();
    assertThat(new GroupBook(database).all())
        .containsExactly(new Group(ID, "a group", 3, Set.of(ANN, BOB)));
  }

  @Test
  void who_left_counts_for_what_he_sent_before() {
    know(1, 10, ANN, BOB);
    know(2, 20, ANN);
    assertThat(groups.mayWrite(ID, BOB, 20)).isTrue();
    assertThat(groups.mayWrite(ID, BOB, 21)).isFalse();
    assertThat(groups.mayWrite(ID, ANN, 21)).isTrue();
    assertThat(groups.mayWrite(new AccountId(7, 8), ANN, 5)).isFalse();
  }

  @Test
  void who_comes_back_is_a_member_since_then() {
    know(1, 10, ANN, BOB);
    assertThat(groups.isMemberSince(ID, BOB, 1)).isTrue();
    know(2, 20, ANN);
    assertThat(groups.isMemberSince(ID, BOB, 1)).isFalse();
    know(3, 30, ANN, BOB);
    assertThat(groups.isMemberSince(ID, BOB, 1)).isFalse();
    assertThat(groups.isMemberSince(ID, BOB, 3)).isTrue();
    assertThat(groups.isMemberSince(ID, ANN, 1)).isTrue();
    assertThat(groups.mayWrite(ID, BOB, 25)).isTrue();
  }

  @Test
  void a_group_has_bounds() {
    Set<AccountId> many =
        IntStream.rangeClosed(0, Group.MEMBERS_LIMIT)
            .mapToObj(number -> new AccountId(1, number))
            .collect(Collectors.toSet());
    assertThatIllegalArgumentException().isThrownBy(() -> new Group(ID, "large", 1, many));
    assertThatIllegalArgumentException().isThrownBy(() -> new Group(ID, "none", 0, Set.of(ANN)));
  }
}
