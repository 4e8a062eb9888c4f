/** What a person's device can do for commands and chats: the SDK behind a port. */
@NullMarked
package io.bluetick.app.device;

import org.jspecify.annotations.NullMarked;
