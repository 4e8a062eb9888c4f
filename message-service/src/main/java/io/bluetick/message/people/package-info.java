/** What user-service knows: who is in a group, and who does not want to hear of whom. */
@NullMarked
package io.bluetick.message.people;

import org.jspecify.annotations.NullMarked;
