/** Files that are sent and received. */
@NullMarked
package io.bluetick.client.media;

import org.jspecify.annotations.NullMarked;
