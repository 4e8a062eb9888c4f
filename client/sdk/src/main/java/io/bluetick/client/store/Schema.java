package io.bluetick.client.store;

import java.util.List;

/** The steps that lead to the tables of a device, whatever version its database is of. */
public final class Schema {
  public static final List<Migration> MIGRATIONS =
      List.of(
          step(1, "V001__begin.sql"),
          step(2, "V002__groups.sql"),
          step(3, "V003__tombstones.sql"),
          step(4, "V004__uploads.sql"),
          step(5, "V005__media.sql"),
          step(6, "V006__votes.sql"));

  private Schema() {}

  private static Migration step(int version, String name) {
    return Migration.ofResource(version, Schema.class, "/io/bluetick/client/schema/" + name);
  }
}
