package io.bluetick.client.rest;

/**
 * The refresh token counts no more: it was taken for stolen ({@code token-reused}), not used for
 * too long ({@code expired}), or is not known ({@code unauthenticated}). Asking again is of no use;
 * {@link AccessTokens#recover} brings new tokens if the device is still one of its account.
 */
public final class TokensEndedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  TokensEndedException(RefusedException refusal) {
    super(refusal);
  }
}
