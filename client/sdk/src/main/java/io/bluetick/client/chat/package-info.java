/** Chats as their user sees them: messages, ticks, contacts, search. */
@NullMarked
package io.bluetick.client.chat;

import org.jspecify.annotations.NullMarked;
