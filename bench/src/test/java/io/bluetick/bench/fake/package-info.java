/** A gateway that speaks the contract and does nothing else. */
@NullMarked
package io.bluetick.bench.fake;

import org.jspecify.annotations.NullMarked;
