package io.bluetick.app.demo;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A step of the walk.
 *
 * @param told before it is done
 * @param awaited what must be seen before it goes on, in words
 * @param seen what was seen of it; empty as long as it was not
 */
record Step(
    String title,
    String told,
    String awaited,
    Consumer<Cast> act,
    Function<Cast, Optional<String>> seen) {}
