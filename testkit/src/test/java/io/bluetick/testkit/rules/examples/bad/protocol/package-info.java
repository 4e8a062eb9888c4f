@NullMarked
package io.bluetick.testkit.rules.examples.bad.protocol;

import org.jspecify.annotations.NullMarked;
