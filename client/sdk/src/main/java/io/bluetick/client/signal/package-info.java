/** The Signal Protocol over the store: keys, ratchets, and who has which. */
@NullMarked
package io.bluetick.client.signal;

import org.jspecify.annotations.NullMarked;
