/**
 * The messages of the contract, generated from {@code src/main/proto}, where they are explained. No
 * field of theirs is ever null.
 */
@NullMarked
package io.bluetick.protocol.v1;

import org.jspecify.annotations.NullMarked;
