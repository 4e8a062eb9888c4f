/** Profiles, contacts, blocks, privacy settings, groups. */
@NullMarked
package io.bluetick.user;

import org.jspecify.annotations.NullMarked;
