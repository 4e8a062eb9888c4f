@NullMarked
package io.bluetick.testkit.rules.examples;

import org.jspecify.annotations.NullMarked;
