@NullMarked
package io.bluetick.testkit.rules.examples.good.gateway;

import org.jspecify.annotations.NullMarked;
