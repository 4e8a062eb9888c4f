/** Devices made by the REST API, as a phone makes itself one. */
@NullMarked
package io.bluetick.bench.member;

import org.jspecify.annotations.NullMarked;
