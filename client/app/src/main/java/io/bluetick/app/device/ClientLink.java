package io.bluetick.app.device;

import io.bluetick.client.Chat;
import io.bluetick.client.Client;
import io.bluetick.client.chat.Contact;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.media.NewFile;
import io.bluetick.client.rest.DeviceApi;
import io.bluetick.client.rest.LinkingApi;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The SDK's client. */
final class ClientLink implements Link {
  private final Client client;

  ClientLink(Client client) {
    this.client = client;
  }

  private Chat with(AccountId chat) {
    return client.chats().with(chat);
  }

  @Override
  public CompletableFuture<Saying> send(AccountId chat, String text) {
    return with(chat).send(text);
  }

  @Override
  public CompletableFuture<Saying> send(AccountId chat, NewFile file) {
    return with(chat).file(file);
  }

  @Override
  public CompletableFuture<Path> fetch(Message message) {
    return client.media().fetch(message);
  }

  @Override
  public CompletableFuture<Saying> reply(Message to, String text) {
    return with(to.chat()).reply(to, text);
  }

  @Override
  public CompletableFuture<Saying> edit(Message message, String text) {
    return with(message.chat()).edit(message, text);
  }

  @Override
  public CompletableFuture<Saying> delete(Message message) {
    return with(message.chat()).delete(message);
  }

  @Override
  public CompletableFuture<Saying> react(Message to, String emoji) {
    return with(to.chat()).react(to, emoji);
  }

  @Override
  public CompletableFuture<Saying> locate(AccountId chat, Place place) {
    return with(chat).location(place.latitude(), place.longitude(), place.label());
  }

  @Override
  public CompletableFuture<Saying> disappearAfter(AccountId chat, Duration after) {
    return with(chat).disappearAfter(after);
  }

  @Override
  public CompletableFuture<Integer> read(AccountId chat) {
    return with(chat).read();
  }

  @Override
  public void typing(AccountId chat, boolean isTyping) {
    if (isTyping) {
      with(chat).typing();
    } else {
      with(chat).stoppedTyping();
    }
  }

  @Override
  public void watch(AccountId account) {
    with(account).watch();
  }

  @Override
  public CompletableFuture<Boolean> name(Contact contact) {
    return client.name(contact);
  }

  @Override
  public CompletableFuture<Boolean> verified(AccountId account, boolean isVerified) {
    return client.verified(account, isVerified);
  }

  @Override
  public CompletableFuture<Boolean> trust(AccountId account) {
    return with(account).trust();
  }

  @Override
  public CompletableFuture<List<DeviceApi.Device>> devices() {
    return client.devices().list();
  }

  @Override
  public CompletableFuture<LinkingApi.Linked> take(String code) {
    return client.devices().link(code);
  }

  @Override
  public CompletableFuture<Boolean> remove(int number) {
    return client.devices().remove(number);
  }

  @Override
  public void close() {
    client.close();
  }
}
