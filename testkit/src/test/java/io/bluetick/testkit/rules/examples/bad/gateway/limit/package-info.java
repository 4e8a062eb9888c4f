@NullMarked
package io.bluetick.testkit.rules.examples.bad.gateway.limit;

import org.jspecify.annotations.NullMarked;
