@NullMarked
package io.bluetick.testkit.rules.examples.good.gateway.socket;

import org.jspecify.annotations.NullMarked;
