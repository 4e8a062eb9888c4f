package io.bluetick.bench.stack;

import io.bluetick.bench.stack.BenchStack.Place;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What session-service is told in a benchmark: codes go into its log, and rates are not limited.
 *
 * @param internalSecret by which services know each other's calls
 */
public record SessionEnvironment(String internalSecret) {
  public static final String MODULE = "session-service";

  private static final int SECRET_BYTES = 24;

  /** Few devices stand for many, and all of them for one number of callers. */
  private static final List<String> LIMITS =
      List.of("VERIFICATIONS", "REGISTRATIONS", "BUNDLES", "BUNDLESOFTARGET", "REFRESHES");

  private static final String UNREACHED = "1000000";

  public static SessionEnvironment make() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new SessionEnvironment(HexFormat.of().formatHex(secret));
  }

  /** What every service must know of it. */
  public Map<String, String> common(Place place) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("BLUETICK_INTERNAL_SECRET", internalSecret);
    settings.put("BLUETICK_JWKS", place.url(MODULE) + "/.well-known/jwks.json");
    return settings;
  }

  /** What it must know itself. */
  public Map<String, String> own(Place place) {
    Map<String, String> settings = common(place);
    settings.put("BLUETICK_VERIFICATION", "dev");
    settings.put("BLUETICK_MASTER_KEY", place.folder().resolve("master.key").toString());
    for (String limit : LIMITS) {
      settings.put("BLUETICK_LIMITS_RATES_" + limit + "_BURST", UNREACHED);
      settings.put("BLUETICK_LIMITS_RATES_" + limit + "_PER", "1s");
    }
    return settings;
  }
}
