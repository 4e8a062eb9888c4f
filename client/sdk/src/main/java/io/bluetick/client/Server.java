package io.bluetick.client;

import com.google.protobuf.ByteString;
import io.bluetick.client.delivery.KeyServer;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.rest.AccessTokens;
import io.bluetick.client.rest.Api;
import io.bluetick.client.rest.ApiException;
import io.bluetick.client.rest.EcKey;
import io.bluetick.client.rest.KeyApi;
import io.bluetick.client.rest.KeyApi.KeyCounts;
import io.bluetick.client.rest.KeySet;
import io.bluetick.client.rest.KyberKey;
import io.bluetick.client.rest.RefusedException;
import io.bluetick.client.rest.SignedEcKey;
import io.bluetick.client.rest.TokensEndedException;
import io.bluetick.client.signal.Bundle;
import io.bluetick.client.signal.OwnKeys;
import io.bluetick.client.signal.PreKeys;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The server's keys, by REST. */
final class Server implements KeyServer {
  /** Before something that failed for now is tried again. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** After the device could not prove who it is: it may be out. */
  private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

  private final OwnDevice own;
  private final AccessTokens tokens;
  private final KeyApi keys;

  Server(OwnDevice own, Api api, AccessTokens tokens) {
    this.own = own;
    this.tokens = tokens;
    this.keys = new KeyApi(api, tokens);
  }

  @Override
  public Answer<Keys> list(AccountId account) {
    return answer(() -> {
      KeyApi.PublishedList list = keys.list(account);
      return new Keys(list.listVersion(), list.signedList(), List.of());
    });
  }

  @Override
  public Answer<Keys> bundles(AccountId account, Set<Integer> devices) {
    return answer(() -> {
      KeyApi.Bundles bundles = keys.bundles(account, devices);
      return new Keys(
          bundles.listVersion(),
          bundles.signedList(),
          bundles.devices().stream().map(each -> bundle(account, each)).toList());
    });
  }

  @Override
  public Answer<Stock> stock() {
    return answer(() -> stock(keys.counts()));
  }

  @Override
  public Answer<Stock> upload(PreKeys.Fresh fresh) {
    return answer(
        () -> stock(keys.upload(new KeySet(null, null, curve(fresh), kyber(fresh.kyber())))));
  }

  private static Stock stock(KeyCounts counts) {
    return new Stock(counts.ecOneTime(), counts.kyberOneTime());
  }

  private static Bundle bundle(AccountId account, KeyApi.Bundle bundle) {
    EcKey oneTime = bundle.ecOneTime();
    SignedEcKey signed = bundle.signedPreKey();
    KyberKey kyber = bundle.kyber();
    return new Bundle(
        new DeviceAddress(account, bundle.device()),
        bundle.registration(),
        bundle.identityKey(),
        new Bundle.Signed(signed.id(), signed.publicKey(), signed.signature()),
        new Bundle.Signed(kyber.id(), kyber.publicKey(), kyber.signature()),
        oneTime == null ? null : new Bundle.OneTime(oneTime.id(), oneTime.publicKey()));
  }

  /** What a new device registers with. */
  static KeySet keySet(PreKeys.Lasting lasting, PreKeys.Fresh fresh) {
    Bundle.Signed signed = lasting.signed();
    return new KeySet(
        new SignedEcKey(signed.id(), signed.key(), signed.signature()),
        kyber(List.of(lasting.lastResort())).getFirst(),
        curve(fresh),
        kyber(fresh.kyber()));
  }

  private static List<EcKey> curve(PreKeys.Fresh fresh) {
    return fresh.curve().stream().map(key -> new EcKey(key.id(), key.key())).toList();
  }

  private static List<KyberKey> kyber(List<Bundle.Signed> keys) {
    return keys.stream().map(key -> new KyberKey(key.id(), key.key(), key.signature())).toList();
  }

  private <T> Answer<T> answer(Supplier<T> call) {
    try {
      return new Given<>(call.get());
    } catch (TokensEndedException e) {
      return recovered() ? new Later<>(Duration.ZERO) : new Later<>(LONG_PAUSE);
    } catch (RefusedException e) {
      return e.isRetryable() ? new Later<>(e.retryAfter().orElse(PAUSE)) : new Refused<>(e.slug());
    } catch (ApiException e) {
      return new Later<>(e.retryAfter().orElse(PAUSE));
    }
  }

  /** New tokens, by a signature of the identity key. */
  private boolean recovered() {
    OwnKeys identity = OwnKeys.of(own.identity(), own.registration());
    try {
      tokens.recover(own.address(), text -> identity.sign(ByteString.copyFrom(text)).toByteArray());
      return true;
    } catch (ApiException e) {
      return false;
    }
  }
}
