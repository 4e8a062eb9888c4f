package io.bluetick.e2e.client;

import static org.awaitility.Awaitility.await;

import io.bluetick.client.Client;
import io.bluetick.client.Profile;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A client in a process of its own: says numbers in their order, going on where its store says that
 * it was, and ends when all of them are delivered and as many were heard.
 */
final class ChattyProcess {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private ChattyProcess() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    AccountId peer = AccountId.parse(arguments[1]);
    int numbers = Integer.parseInt(arguments[2]);
    try (Profile profile = Profile.open(folder, ClientPerson.PASSPHRASE.toCharArray());
        Client client = Client.start(profile, _ -> {})) {
      AccountId self = client.device().address().account();
      for (int next = by(self, peer, profile).size(); next < numbers; next++) {
        client.chats().with(peer).send(String.valueOf(next)).join();
      }
      await().atMost(LIMIT).until(() -> isDone(self, peer, profile, numbers));
    }
  }

  private static boolean isDone(AccountId self, AccountId peer, Profile profile, int numbers) {
    return by(peer, peer, profile).size() == numbers
        && by(self, peer, profile).stream()
            .allMatch(message -> message.tick().compareTo(Tick.DELIVERED) >= 0);
  }

  private static List<Message> by(AccountId author, AccountId peer, Profile profile) {
    return profile.history().newest(peer, Integer.MAX_VALUE).stream()
        .filter(message -> message.author().equals(author))
        .toList();
  }
}
