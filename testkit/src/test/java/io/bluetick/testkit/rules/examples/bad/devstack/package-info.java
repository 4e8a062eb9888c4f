@NullMarked
package io.bluetick.testkit.rules.examples.bad.devstack;

import org.jspecify.annotations.NullMarked;
