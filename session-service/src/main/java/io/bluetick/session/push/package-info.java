/** Wakes devices that are not connected: their push tokens, the wake-ups, and when each is sent. */
@NullMarked
package io.bluetick.session.push;

import org.jspecify.annotations.NullMarked;
