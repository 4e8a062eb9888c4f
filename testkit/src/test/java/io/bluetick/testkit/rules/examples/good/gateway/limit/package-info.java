@NullMarked
package io.bluetick.testkit.rules.examples.good.gateway.limit;

import org.jspecify.annotations.NullMarked;
