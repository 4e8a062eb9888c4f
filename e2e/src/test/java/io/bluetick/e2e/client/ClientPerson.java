package io.bluetick.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.bench.member.DevCodes;
import io.bluetick.client.Chat;
import io.bluetick.client.Client;
import io.bluetick.client.Linking;
import io.bluetick.client.Profile;
import io.bluetick.client.Registration;
import io.bluetick.client.chat.History;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.client.delivery.ClientEvent.CaughtUp;
import io.bluetick.client.group.Group;
import io.bluetick.client.rest.DeviceApi.Device;
import io.bluetick.client.rest.OfferApi;
import io.bluetick.protocol.AccountId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Somebody with a profile, and a client while it runs. */
final class ClientPerson implements AutoCloseable {
  static final String PASSPHRASE = "a passphrase for tests";
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path folder;
  private final Queue<ClientEvent> events = new ConcurrentLinkedQueue<>();
  private final AccountId account;
  private @Nullable Profile profile;
  private @Nullable Client client;

  private ClientPerson(Path folder, Profile profile, AccountId account) {
    this.folder = folder;
    this.profile = profile;
    this.account = account;
  }

  static ClientPerson register(Path folder, URI edge, DevCodes codes, String number)
      throws IOException, InterruptedException {
    Profile profile = Profile.open(folder, PASSPHRASE.toCharArray());
    try (Registration registration = Registration.begin(profile, edge, number)) {
      String code = codes.of(registration.session());
      AccountId account = registration.finish(code, "a test", null).address().account();
      return new ClientPerson(folder, profile, account);
    }
  }

  /** A companion of somebody who is online. */
  static ClientPerson link(Path folder, URI edge, ClientPerson primary) {
    Profile profile = Profile.open(folder, PASSPHRASE.toCharArray());
    try (Linking linking = Linking.begin(profile, edge, "a laptop")) {
      var _ = primary.client().devices().link(linking.code().uri()).join();
      var _ = linking.finish(OfferApi.WAIT_LIMIT).orElseThrow();
      return new ClientPerson(folder, profile, primary.account);
    }
  }

  List<Device> devices() {
    return client().devices().list().join();
  }

  void remove(ClientPerson companion) {
    var _ = client().devices().remove(companion.client().device().address().device()).join();
  }

  private Client client() {
    return Objects.requireNonNull(client);
  }

  AccountId account() {
    return account;
  }

  Path folder() {
    return folder;
  }

  Profile profile() {
    return Objects.requireNonNull(profile);
  }

  ClientPerson online() {
    client = Client.start(profile(), events::add);
    return this;
  }

  void offline() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  /** Lets another process have the profile. */
  void leave() {
    offline();
    profile().close();
    profile = null;
  }

  void comeBack() {
    profile = Profile.open(folder, PASSPHRASE.toCharArray());
  }

  Chat with(ClientPerson other) {
    return client().chats().with(other.account);
  }

  Message say(ClientPerson to, String text) {
    return with(to).send(text).join().orElseThrow();
  }

  void know(Group group) {
    assertThat(client().groups().know(group).join()).isTrue();
  }

  Message say(Group group, String text) {
    return client().groups().chat(group.id()).send(text).join().orElseThrow();
  }

  Tick tick(Message message) {
    return profile().history().find(message.id()).orElseThrow().tick();
  }

  /** The file of a message. */
  Path fetch(Message message) {
    return client().media().fetch(message).join();
  }

  List<Message> chat(ClientPerson other) {
    return chat(profile(), other.account);
  }

  /** The whole of it, page by page. */
  static List<Message> chat(Profile profile, AccountId other) {
    List<Message> page = profile.history().newest(other, History.PAGE_LIMIT);
    List<Message> all = new ArrayList<>(page);
    while (!page.isEmpty()) {
      page = profile.history().before(page.getFirst(), History.PAGE_LIMIT);
      all.addAll(0, page);
    }
    return all;
  }

  List<String> texts(ClientPerson other) {
    return texts(other.account);
  }

  List<String> texts(AccountId chat) {
    return chat(profile(), chat).stream().map(Message::text).toList();
  }

  /** What the other one said. */
  List<String> heard(ClientPerson other) {
    return chat(other).stream()
        .filter(message -> message.author().equals(other.account))
        .map(Message::text)
        .toList();
  }

  void awaitTexts(ClientPerson other, String... texts) {
    awaitTexts(other.account, texts);
  }

  void awaitTexts(AccountId chat, String... texts) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(texts(chat)).containsExactly(texts));
  }

  void awaitTick(Message message, Tick tick) {
    await().atMost(LIMIT).until(() -> tick(message).compareTo(tick) >= 0);
  }

  void awaitHeard(ClientPerson other, List<String> texts) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(heard(other)).containsExactlyElementsOf(texts));
  }

  /** Before its mailbox knows of it, a device is nobody who could miss something. */
  void awaitCaughtUp() {
    await().atMost(LIMIT).until(() -> wasTold(new CaughtUp()));
  }

  boolean wasTold(ClientEvent event) {
    return events.contains(event);
  }

  @Override
  public void close() {
    offline();
    if (profile != null) {
      profile.close();
    }
  }
}
