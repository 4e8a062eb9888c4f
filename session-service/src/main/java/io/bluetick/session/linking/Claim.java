package io.bluetick.session.linking;

/** What an account gets that wants to link the device of an offer. */
sealed interface Claim {

  /** It may go on, and must release or settle the claim. */
  record Granted(String id, OfferJson offer) implements Claim {}

  /** It has done so before. */
  record Settled(Answer answer) implements Claim {}

  /** It is at it, or was and did not come to an end. */
  record Busy() implements Claim {}

  /** Another account was first. */
  record Taken() implements Claim {}

  /** The offer has expired, or never was. */
  record Gone() implements Claim {}
}
