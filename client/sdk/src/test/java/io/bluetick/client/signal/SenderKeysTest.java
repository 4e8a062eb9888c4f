package io.bluetick.client.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.DatabaseKey;
import io.bluetick.client.store.Schema;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SenderKeysTest {
  private static final AccountId GROUP = new AccountId(7, 7);
  private static final AccountId OTHER = new AccountId(7, 8);
  private static final DeviceAddress ANN = new DeviceAddress(new AccountId(0, 1), 0);
  private static final DeviceAddress BOB = new DeviceAddress(new AccountId(0, 2), 1);

  @TempDir private Path folder;

  private final List<Database> databases = new ArrayList<>();
  private SenderKeys ann;
  private SenderKeys bob;

  @BeforeEach
  void open() {
    ann = keys(ANN);
    bob = keys(BOB);
  }

  private SenderKeys keys(DeviceAddress self) {
    Database database =
        Database.open(
            folder.resolve(self.account().toString()),
            DatabaseKey.generate(new SecureRandom()),
            Schema.MIGRATIONS);
    databases.add(database);
    return new SenderKeys(database, OwnKeys.generate(), self);
  }

  @AfterEach
  void close() {
    databases.forEach(Database::close);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private boolean take(AccountId group, ByteString handing) {
    return databases.getLast().transaction(() -> bob.take(ANN, group, handing));
  }

  private String open(ByteString ciphertext) {
    return databases
        .getLast()
        .transaction(() ->
            bob.open(ANN, ciphertext)
                .map(opened ->
                    switch (opened) {
                      case Opened.Content(var content) ->
                          new String(content, StandardCharsets.UTF_8);
                      case Opened.Repeated() -> "repeated";
                      case Opened.Untrusted() -> "untrusted";
                      case Opened.Unreadable(var _) -> "unreadable";
                    })
                .orElse("no key"));
  }

  private <R> R atAnn(java.util.function.Supplier<R> work) {
    return databases.getFirst().transaction(work);
  }

  @Test
  void a_key_opens_what_follows_once_and_nothing_from_before() {
    UUID key = atAnn(ann::begin);
    ByteString before = atAnn(() -> ann.seal(key, bytes("before")));
    assertThat(open(before)).isEqualTo("no key");
    assertThat(take(GROUP, atAnn(() -> ann.handing(key)))).isTrue();
    ByteString after = atAnn(() -> ann.seal(key, bytes("after")));
    assertThat(open(before)).isEqualTo("repeated");
    assertThat(open(after)).isEqualTo("after");
    assertThat(open(after)).isEqualTo("repeated");
  }

  @Test
  void a_key_that_is_handed_again_is_not_turned_back() {
    UUID key = atAnn(ann::begin);
    ByteString handing = atAnn(() -> ann.handing(key));
    take(GROUP, handing);
    ByteString first = atAnn(() -> ann.seal(key, bytes("first")));
    assertThat(open(first)).isEqualTo("first");
    take(GROUP, handing);
    assertThat(open(first)).isEqualTo("repeated");
  }

  @Test
  void a_key_that_was_forgotten_encrypts_no_more() {
    UUID key = atAnn(ann::begin);
    ByteString handing = atAnn(() -> ann.handing(key));
    atAnn(() -> {
      ann.forget(key);
      return true;
    });
    take(GROUP, handing);
    UUID next = atAnn(ann::begin);
    assertThat(open(atAnn(() -> ann.seal(next, bytes("not for bob"))))).isEqualTo("no key");
  }

  @Test
  void garbage_is_no_key_and_no_message() {
    UUID key = atAnn(ann::begin);
    ByteString handing = atAnn(() -> ann.handing(key));
    assertThat(take(GROUP, handing.substring(1))).isFalse();
    assertThat(take(GROUP, ByteString.EMPTY)).isFalse();
    assertThat(take(GROUP, handing)).isTrue();
    assertThat(open(ByteString.copyFrom(new byte[80]))).isEqualTo("unreadable");
    byte[] altered = atAnn(() -> ann.seal(key, bytes("altered"))).toByteArray();
    altered[altered.length - 70] ^= 1;
    assertThat(open(ByteString.copyFrom(altered))).isEqualTo("unreadable");
  }

  @Test
  void of_each_device_the_last_keys_of_a_group_are_kept() {
    UUID other = atAnn(ann::begin);
    take(OTHER, atAnn(() -> ann.handing(other)));
    List<UUID> keys = new ArrayList<>();
    for (int i = 0; i <= SenderKeys.KEPT_FOR_GROUP; i++) {
      UUID key = atAnn(ann::begin);
      keys.add(key);
      take(GROUP, atAnn(() -> ann.handing(key)));
    }
    assertThat(keys.stream().map(key -> open(atAnn(() -> ann.seal(key, bytes("hi"))))).toList())
        .containsExactly("no key", "hi", "hi", "hi", "hi");
    assertThat(open(atAnn(() -> ann.seal(other, bytes("hi"))))).isEqualTo("hi");
  }
}
