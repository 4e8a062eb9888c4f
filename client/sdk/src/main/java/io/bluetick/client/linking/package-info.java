/**
 * How a companion comes to an account without trust in the server: what both halves check, sign and
 * encrypt. The calls themselves are those of {@link io.bluetick.client.rest}.
 */
@NullMarked
package io.bluetick.client.linking;

import org.jspecify.annotations.NullMarked;
