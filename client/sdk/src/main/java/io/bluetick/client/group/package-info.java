/** Groups as this device knows them: their members, its own keys, and how far messages came. */
@NullMarked
package io.bluetick.client.group;

import org.jspecify.annotations.NullMarked;
