/** Mailboxes: routing, the offline queue, receipts. */
@NullMarked
package io.bluetick.message;

import org.jspecify.annotations.NullMarked;
