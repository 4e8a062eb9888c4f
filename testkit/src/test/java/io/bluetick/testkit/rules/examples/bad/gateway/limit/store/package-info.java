@NullMarked
package io.bluetick.testkit.rules.examples.bad.gateway.limit.store;

import org.jspecify.annotations.NullMarked;
