package io.bluetick.app.device;

import com.google.protobuf.ByteString;
import io.bluetick.client.Client;
import io.bluetick.client.Profile;
import io.bluetick.client.chat.Contact;
import io.bluetick.client.chat.History.Reaction;
import io.bluetick.client.chat.Message;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.store.Restoration;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A profile of the SDK. It is read by one thread at a time, so each call has its turn. */
final class ProfileDevice implements Device {
  private final Profile profile;

  ProfileDevice(Profile profile) {
    this.profile = profile;
  }

  Profile profile() {
    return profile;
  }

  @Override
  public synchronized Optional<OwnDevice> own() {
    return profile.device();
  }

  @Override
  public synchronized List<Contact> contacts() {
    return profile.contacts().all();
  }

  @Override
  public synchronized Optional<Contact> named(String name) {
    return profile.contacts().named(name);
  }

  @Override
  public synchronized Optional<Contact> contact(AccountId account) {
    return profile.contacts().of(account);
  }

  @Override
  public synchronized List<Message> newest(AccountId chat, int limit) {
    return profile.history().newest(chat, limit);
  }

  @Override
  public synchronized List<Message> before(Message message, int limit) {
    return profile.history().before(message, limit);
  }

  @Override
  public synchronized List<Message> search(String words, int limit) {
    return profile.history().search(words, limit);
  }

  @Override
  public synchronized List<Message> search(AccountId chat, String words, int limit) {
    return profile.history().search(chat, words, limit);
  }

  @Override
  public synchronized Optional<Message> find(AccountId author, ByteString contentId) {
    return profile.history().find(author, contentId);
  }

  @Override
  public synchronized List<Reaction> reactions(Message message) {
    return profile.history().reactions(message);
  }

  @Override
  public synchronized int timer(AccountId chat) {
    return profile.history().timer(chat);
  }

  @Override
  public synchronized Optional<String> safetyNumber(AccountId other) {
    return profile.safetyNumber(other);
  }

  @Override
  public synchronized boolean isHeld(AccountId other) {
    return profile.isHeld(other);
  }

  @Override
  public Path backup(char[] passphrase) {
    return profile.backup(passphrase);
  }

  @Override
  public Restoration restore(Path file, char[] passphrase) {
    return profile.restore(file, passphrase);
  }

  @Override
  public Link connect(Consumer<ClientEvent> listener, Consumer<byte[]> frames) {
    return new ClientLink(Client.start(profile, listener, frames));
  }

  @Override
  public synchronized void close() {
    profile.close();
  }
}
