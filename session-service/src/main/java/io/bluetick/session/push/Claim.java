package io.bluetick.session.push;

/**
 * A wake-up that this instance is to send now. Nobody else has it until its lease ends.
 *
 * @param attempts how often it was tried before
 */
record Claim(Wake wake, int attempts) {}
