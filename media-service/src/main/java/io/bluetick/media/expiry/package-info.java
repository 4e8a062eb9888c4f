/** The end of blobs that are too old. */
@NullMarked
package io.bluetick.media.expiry;

import org.jspecify.annotations.NullMarked;
