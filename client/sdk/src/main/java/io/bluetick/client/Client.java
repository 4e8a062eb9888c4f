package io.bluetick.client;

import io.bluetick.client.chat.Contact;
import io.bluetick.client.chat.Contacts;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.client.delivery.Engine;
import io.bluetick.client.delivery.Line;
import io.bluetick.client.device.DeviceTable;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.media.Media;
import io.bluetick.client.rest.AccessTokens;
import io.bluetick.client.rest.Api;
import io.bluetick.client.rest.ApiSettings;
import io.bluetick.client.rest.MediaApi;
import io.bluetick.client.rest.RefreshTokenStore;
import io.bluetick.client.rest.TokenApi;
import io.bluetick.client.signal.Peers;
import io.bluetick.client.socket.DeviceSocket;
import io.bluetick.client.socket.Dial;
import io.bluetick.client.socket.SocketListener;
import io.bluetick.protocol.AccountId;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A device, connected. It connects by itself, and again when the connection is lost; what is said
 * while it is away waits in the store.
 *
 * <pre>{@code
 * try (Profile profile = Profile.open(folder, passphrase);
 *     Client client = Client.start(profile, event -> ...)) {
 *   client.chats().with(alice).send("hello");
 * }
 * }</pre>
 */
public final class Client implements AutoCloseable {
  private final OwnDevice own;
  private final HttpClient http;
  private final Api api;
  private final Events events;
  private final Engine engine;
  private final Media media;
  private final Chats chats;
  private final Groups groups;
  private final Devices devices;

  private Client(
      OwnDevice own,
      HttpClient http,
      Api api,
      Events events,
      Engine engine,
      Media media,
      Devices devices) {
    this.own = own;
    this.media = media;
    this.devices = devices;
    this.http = http;
    this.api = api;
    this.events = events;
    this.engine = engine;
    this.chats = new Chats(engine, media);
    this.groups = new Groups(engine, media);
  }

  /**
   * Begins to work on a profile that is registered.
   *
   * @param listener hears what happens, in order, on a thread of its own; while it does not return,
   *     the client goes on until {@value Events#LIMIT} events wait, and then waits too
   * @throws IllegalStateException if the profile is not registered
   */
  public static Client start(Profile profile, Consumer<ClientEvent> listener) {
    return start(profile, listener, _ -> {});
  }

  /**
   * The same, watched.
   *
   * @param frames sees each frame that goes out, as the server reads it when it has taken off the
   *     channel's own encryption; on the client's thread, which waits for it. Not to be changed
   */
  public static Client start(
      Profile profile, Consumer<ClientEvent> listener, Consumer<byte[]> frames) {
    OwnDevice own =
        profile
            .device()
            .orElseThrow(() -> new IllegalStateException("the profile is not registered yet"));
    HttpClient http = HttpClient.newHttpClient();
    Api api = new Api(ApiSettings.of(own.server()));
    Tokens stored = new Tokens();
    AccessTokens tokens = new AccessTokens(new TokenApi(api), stored, Clock.systemUTC());
    SecureRandom random = new SecureRandom();
    Engine.World world =
        new Engine.World(
            (dial, ears) -> call(http, dial, ears, random, frames),
            new Server(own, api, tokens),
            Clock.systemUTC(),
            random);
    Events events = new Events(listener);
    Engine engine = new Engine(profile.database(), own, world, events::tell);
    stored.engine = engine;
    Media media = new Media(engine, new MediaApi(api, tokens), http, profile.folder());
    events.whenOnline(media::wake);
    events.start();
    engine.start();
    media.start();
    return new Client(own, http, api, events, engine, media, new Devices(own, engine, api, tokens));
  }

  private static Line call(
      HttpClient http,
      Dial dial,
      SocketListener ears,
      SecureRandom random,
      Consumer<byte[]> frames) {
    DeviceSocket socket = DeviceSocket.connect(http, dial, ears, random);
    return new Line() {
      @Override
      public void write(byte[] frame) {
        frames.accept(frame);
        socket.write(frame);
      }

      @Override
      public void readOn(int frames) {
        socket.readOn(frames);
      }

      @Override
      public void close() {
        socket.close();
      }
    };
  }

  /** The refresh token, on the engine's thread as all that writes. */
  private static final class Tokens implements RefreshTokenStore {
    private volatile @org.jspecify.annotations.Nullable Engine engine;

    @Override
    public String load() {
      return engine()
          .with(database -> new DeviceTable(database).refreshToken().orElseThrow())
          .join();
    }

    @Override
    public void save(String refreshToken) {
      engine()
          .with(database -> {
            new DeviceTable(database).refreshToken(refreshToken);
            return true;
          })
          .join();
    }

    private Engine engine() {
      return java.util.Objects.requireNonNull(engine);
    }
  }

  /** Who this is. */
  public OwnDevice device() {
    return own;
  }

  public Chats chats() {
    return chats;
  }

  /** Files that came, and go. */
  public Media media() {
    return media;
  }

  public Groups groups() {
    return groups;
  }

  /** The devices of this account, on the server. */
  public Devices devices() {
    return devices;
  }

  /** Gives somebody a name; false if somebody else has it. */
  public CompletableFuture<Boolean> name(Contact contact) {
    return engine.with(database -> new Contacts(database).put(contact));
  }

  /**
   * The user compared safety numbers with somebody, or takes it back. What was held because the key
   * had changed goes out once they were compared.
   */
  public CompletableFuture<Boolean> verified(AccountId account, boolean isVerified) {
    return engine.with(database -> {
      new Peers(database).verified(account, isVerified);
      return isVerified;
    });
  }

  /** Ends the connection. What was not sent yet is in the store, and sent the next time. */
  @Override
  public void close() {
    devices.close();
    media.close();
    engine.close();
    events.close();
    api.close();
    http.close();
  }
}
