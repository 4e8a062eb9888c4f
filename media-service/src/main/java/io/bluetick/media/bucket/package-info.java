/** The bucket that holds the encrypted blobs. */
@NullMarked
package io.bluetick.media.bucket;

import org.jspecify.annotations.NullMarked;
