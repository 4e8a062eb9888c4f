/** What those who operate the server see of mailboxes and may do to them. Never contents. */
@NullMarked
package io.bluetick.message.admin;

import org.jspecify.annotations.NullMarked;
