/**
 * The encrypted channel between a device and the server: Noise_IK_25519_AESGCM_SHA256. The device
 * knows the server's static key beforehand, the server learns the device's from the first message.
 * The primitives are the JDK's and Bouncy Castle's; here is only how Noise puts them together.
 */
@NullMarked
package io.bluetick.protocol.noise;

import org.jspecify.annotations.NullMarked;
