@NullMarked
package io.bluetick.testkit.rules.examples.bad.platform;

import org.jspecify.annotations.NullMarked;
