package io.bluetick.e2e.client;

import static org.awaitility.Awaitility.await;

import io.bluetick.client.Client;
import io.bluetick.client.Profile;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.client.delivery.ClientEvent.Trouble;
import io.bluetick.client.store.StoreException;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * A client in a process of its own: says numbers in their order, going on where its store says that
 * it was, and ends when all of them are delivered and as many were heard.
 */
final class ChattyProcess {
  /** Begins the line that it prints when its store cannot take what comes. */
  static final String NO_ROOM = "no room: ";

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private ChattyProcess() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    AccountId peer = AccountId.parse(arguments[1]);
    int numbers = Integer.parseInt(arguments[2]);
    try (Profile profile = Profile.open(folder, ClientPerson.PASSPHRASE.toCharArray());
        Client client = Client.start(profile, ChattyProcess::heard)) {
      AccountId self = client.device().address().account();
      for (int next = by(self, peer, profile).size(); next < numbers; next++) {
        String number = String.valueOf(next);
        await().pollDelay(Duration.ZERO).atMost(LIMIT).until(() -> isSaid(client, peer, number));
      }
      await().atMost(LIMIT).until(() -> isDone(self, peer, profile, numbers));
    }
  }

  private static void heard(ClientEvent event) {
    if (event instanceof Trouble(String what)) {
      System.out.println(NO_ROOM + what);
    }
  }

  /** False while the store has no room. */
  private static boolean isSaid(Client client, AccountId peer, String number) {
    try {
      return client.chats().with(peer).send(number).join() instanceof Saying.Said;
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException failed) {
        System.out.println(NO_ROOM + failed);
        return false;
      }
      throw e;
    }
  }

  private static boolean isDone(AccountId self, AccountId peer, Profile profile, int numbers) {
    return by(peer, peer, profile).size() == numbers
        && by(self, peer, profile).stream()
            .allMatch(message -> message.tick().compareTo(Tick.DELIVERED) >= 0);
  }

  private static List<Message> by(AccountId author, AccountId peer, Profile profile) {
    return ClientPerson.chat(profile, peer).stream()
        .filter(message -> message.author().equals(author))
        .toList();
  }
}
