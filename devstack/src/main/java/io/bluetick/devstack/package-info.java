/** The real backends and Bluetick's services as child processes of one launcher, without Docker. */
@NullMarked
package io.bluetick.devstack;

import org.jspecify.annotations.NullMarked;
