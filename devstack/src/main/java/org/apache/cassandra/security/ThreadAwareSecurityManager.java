package org.apache.cassandra.security;

import java.security.Permission;
import java.security.PermissionCollection;
import java.util.Collections;
import java.util.Enumeration;

/**
 * Stands in for Cassandra's class of this name, which extends a SecurityManager that JDK 24 and
 * later no longer have. Its one task was to fence in user-defined functions, and those stay off.
 */
public final class ThreadAwareSecurityManager {

  /** Cassandra 5 names this field; it grants nothing. */
  public static final PermissionCollection noPermissions = new NoPermissions();

  private ThreadAwareSecurityManager() {}

  public static void install() {}

  public static boolean isSecuredThread() {
    return false;
  }

  private static final class NoPermissions extends PermissionCollection {
    private static final long serialVersionUID = 1L;

    @Override
    public void add(Permission permission) {
      throw new IllegalStateException("user-defined functions are off");
    }

    @Override
    public boolean implies(Permission permission) {
      return false;
    }

    @Override
    public Enumeration<Permission> elements() {
      return Collections.emptyEnumeration();
    }
  }
}
