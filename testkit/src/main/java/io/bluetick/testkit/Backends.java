package io.bluetick.testkit;

import io.bluetick.devstack.Backend;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The real backends that a test class needs. They are started once per build and shared by its
 * modules; each module has a keyspace, topic prefix, database, Redis database and bucket of its
 * own.
 *
 * <p>A Spring test finds them in its environment as {@code BLUETICK_*} properties, which every
 * service's application.yaml reads. Any test can take a {@link RunningBackends} parameter.
 *
 * <p>They run as child processes by devstack, or with {@code BLUETICK_BACKENDS=docker} as
 * containers.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(BackendsExtension.class)
public @interface Backends {
  Backend[] value();
}
