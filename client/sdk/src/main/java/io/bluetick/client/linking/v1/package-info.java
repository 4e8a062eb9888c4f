/**
 * The messages between a primary and its companion, generated from {@code src/main/proto}, where
 * they are explained. No field of theirs is ever null.
 */
@NullMarked
package io.bluetick.client.linking.v1;

import org.jspecify.annotations.NullMarked;
