/** Upload and download grants for encrypted blobs. */
@NullMarked
package io.bluetick.media;

import org.jspecify.annotations.NullMarked;
