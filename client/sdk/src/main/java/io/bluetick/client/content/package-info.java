/** What people say to each other, as bytes. */
@NullMarked
package io.bluetick.client.content;

import org.jspecify.annotations.NullMarked;
