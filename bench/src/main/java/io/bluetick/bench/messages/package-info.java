/** What a message costs the whole stack, and how long it takes. */
@NullMarked
package io.bluetick.bench.messages;

import org.jspecify.annotations.NullMarked;
