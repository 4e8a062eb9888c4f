package io.bluetick.platform.security;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes keys at a URL, and signs with the JDK's own Ed25519. */
final class TestIssuer implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile List<JWK> published = List.of();
  private volatile int status = 200;

  TestIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/jwks", this::answer);
    server.start();
  }

  /** A key with its id. */
  record SigningKey(String kid, KeyPair pair) {
    static SigningKey of(String kid) {
      try {
        return new SigningKey(kid, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    /** The raw point, which X.509 puts last. */
    byte[] publicBytes() {
      byte[] encoded = pair.getPublic().getEncoded();
      return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    JWK jwk() {
      return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(publicBytes()))
          .keyID(kid)
          .build();
    }

    String sign(String claims) {
      return sign("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\"}", claims);
    }

    String sign(String header, String claims) {
      return jws(header, claims, "Ed25519", pair.getPrivate());
    }
  }

  /** A token by any algorithm of the JDK. */
  static String jws(String header, String claims, String algorithm, PrivateKey key) {
    String input = Base64URL.encode(header) + "." + Base64URL.encode(claims);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
  }

  void publishes(JWK... keys) {
    published = List.of(keys);
  }

  void answers(int newStatus) {
    status = newStatus;
  }

  /** How often somebody fetched. */
  int asked() {
    return asked.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    byte[] body = new JWKSet(published).toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
