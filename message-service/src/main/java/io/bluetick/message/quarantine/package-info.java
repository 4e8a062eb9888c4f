/** Commands that failed, kept with their cause until somebody decides about them. */
@NullMarked
package io.bluetick.message.quarantine;

import org.jspecify.annotations.NullMarked;
