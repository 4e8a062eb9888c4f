@NullMarked
package io.bluetick.testkit.rules.examples.bad.gateway.socket;

import org.jspecify.annotations.NullMarked;
