package io.bluetick.client.rest;

import com.google.protobuf.ByteString;
import java.util.List;

/** What a server says of itself, to anybody. */
public final class ServerApi {
  private final Api api;

  public ServerApi(Api api) {
    this.api = api;
  }

  /**
   * What a client must know before it connects.
   *
   * @param socket the path of the WebSocket
   * @param subprotocol of the WebSocket
   */
  public record Published(Noise noise, String socket, String subprotocol, Versions versions) {
    public Published {
      Forms.present("noise", noise);
      Forms.present("socket", socket);
      Forms.present("subprotocol", subprotocol);
      Forms.present("versions", versions);
    }
  }

  /**
   * The channel.
   *
   * @param protocol its name by the Noise framework
   * @param keys the server's public ones, 32 bytes each: the one to pin, then the one before
   */
  public record Noise(String protocol, List<ByteString> keys) {
    public Noise {
      Forms.present("protocol", protocol);
      keys = List.copyOf(keys);
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("no keys");
      }
      keys.forEach(key -> Forms.bytes("keys", Forms.NOISE_KEY_BYTES, key));
    }
  }

  /** Of the frames that the server understands. */
  public record Versions(int oldest, int newest) {}

  /**
   * Whoever answers can name a key of their own: pin the keys from a source to be trusted, and use
   * this to see whether they have changed.
   */
  public Published read() {
    return api.ask(Call.get("readServer", "/.well-known/bluetick"), Published.class);
  }
}
