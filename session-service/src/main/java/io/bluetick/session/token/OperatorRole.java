package io.bluetick.session.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What somebody who operates the server may do. */
enum OperatorRole {
  /** Everything. */
  @JsonProperty("admin")
  ADMIN,
  /** Looks at accounts and helps their owners. */
  @JsonProperty("support")
  SUPPORT;

  /** As tokens and the database say. */
  String claim() {
    return name().toLowerCase(Locale.ROOT);
  }
}
