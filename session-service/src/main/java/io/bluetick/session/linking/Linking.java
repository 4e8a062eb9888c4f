package io.bluetick.session.linking;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.account.Devices;
import io.bluetick.session.account.NewDevice;
import io.bluetick.session.account.Registered;
import io.bluetick.session.key.Keys;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The primary's part: it takes a companion into its account.
 *
 * <p>An offer is in Redis and a device in PostgreSQL, and there is no transaction over both. So the
 * account claims the offer first, which keeps out all others; then the device is linked; then the
 * offer is answered. A failure that leaves it open whether the device was linked does not release
 * the claim: the same account tries again once the lease is over, finds the device and answers.
 */
@Service
class Linking {
  private static final Logger LOG = LoggerFactory.getLogger(Linking.class);
  private static final Duration BUSY_RETRY = Duration.ofSeconds(5);

  private final Offers offers;
  private final Devices devices;
  private final Keys keys;
  private final TransactionTemplate transaction;

  Linking(Offers offers, Devices devices, Keys keys, TransactionTemplate transaction) {
    this.offers = offers;
    this.devices = devices;
    this.keys = keys;
    this.transaction = transaction;
  }

  /**
   * What a primary sends.
   *
   * @param number that it gives the companion
   * @param list with the companion, signed
   * @param message for the companion, encrypted
   */
  record Request(int number, SignedDeviceList list, ByteString message) {}

  Registered link(AccountId account, OfferAddress address, Request request) {
    return switch (offers.claim(address, account)) {
      case Claim.Granted granted -> link(account, address, request, granted);
      case Claim.Settled(Answer answer) -> again(answer, request);
      case Claim.Busy _ ->
          throw new BluetickException(
              ErrorCode.UNAVAILABLE, "This device is being linked just now.", BUSY_RETRY);
      case Claim.Taken _ ->
          throw new BluetickException(ErrorCode.CONFLICT, "Another account links this device.");
      case Claim.Gone _ -> throw Offers.expired();
    };
  }

  private Registered link(
      AccountId account, OfferAddress address, Request request, Claim.Granted claim) {
    Registered registered;
    try {
      registered = transaction.execute(_ -> store(account, request, claim.offer()));
    } catch (BluetickException refused) {
      release(address, claim, refused);
      throw refused;
    }
    if (!offers.settle(address, Answer.of(registered, request.message()))) {
      LOG.warn("event=linked_in_vain account={} device={}", account, registered.device());
      devices.unlink(account, registered.device()); // It would never learn that it is one.
      throw Offers.expired();
    }
    return registered;
  }

  private void release(OfferAddress address, Claim.Granted claim, BluetickException refused) {
    try {
      offers.release(address, claim);
    } catch (BluetickException e) {
      refused.addSuppressed(e); // The lease ends by itself.
    }
  }

  private Registered store(AccountId account, Request request, OfferJson offer) {
    NewDevice companion = offer.device();
    return devices
        .linked(account, request.number(), companion)
        .orElseGet(() -> {
          Registered registered =
              devices.link(account, request.number(), companion, request.list());
          keys.store(account, request.number(), offer.keys());
          return registered;
        });
  }

  /** The answer to the first request got lost. */
  private static Registered again(Answer answer, Request request) {
    if (answer.device() != request.number()) {
      throw new BluetickException(
          ErrorCode.CONFLICT, "This device was linked as number %d.".formatted(answer.device()));
    }
    return answer.registered();
  }
}
