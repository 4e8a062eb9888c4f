package io.bluetick.session.push;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Partitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The schedule that all instances share. Each step is one script on one shard, so that two
 * instances never hold the same claim; a claim is an entry whose due time is the end of its lease,
 * so that nothing has to notice that an instance died.
 *
 * <pre>
 * push:{SHARD}:due          sorted set: member by the ms at which it is due
 * push:{SHARD}:wake         hash: member to "TIME ATTEMPTS"
 * push:{SHARD}:sent:MEMBER  "QUIET COVERED": until when nothing is sent, and how new what was
 *                           sent is
 *
 * MEMBER = u/ACCOUNT/DEVICE, or b/ACCOUNT/DEVICE for background; all times in ms
 * </pre>
 */
final class RedisSchedule implements Schedule {
  /** Of one script, which nothing else in Redis can interrupt. */
  private static final int ADMIT_LIMIT = 500;

  @SuppressWarnings("rawtypes")
  private static final RedisScript<List> ADMIT = script("admit", List.class);

  @SuppressWarnings("rawtypes")
  private static final RedisScript<List> CLAIM = script("claim", List.class);

  private static final RedisScript<Long> SETTLE = script("settle", Long.class);
  private static final RedisScript<Long> POSTPONE = script("postpone", Long.class);

  private final StringRedisTemplate redis;
  private final PushSettings pushes;
  private final ScheduleSettings settings;
  private final Clock clock;

  RedisSchedule(
      StringRedisTemplate redis, PushSettings pushes, ScheduleSettings settings, Clock clock) {
    this.redis = redis;
    this.pushes = pushes;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public List<Claim> admit(Collection<Wake> wakes) {
    Map<Integer, List<Wake>> byShard = new HashMap<>();
    wakes.forEach(
        wake -> byShard.computeIfAbsent(shard(wake.key()), _ -> new ArrayList<>()).add(wake));
    List<Claim> claims = new ArrayList<>();
    byShard.forEach((shard, all) -> {
      for (int from = 0; from < all.size(); from += ADMIT_LIMIT) {
        int to = Math.min(from + ADMIT_LIMIT, all.size());
        claims.addAll(admit(shard, all.subList(from, to)));
      }
    });
    return claims;
  }

  private List<Claim> admit(int shard, List<Wake> wakes) {
    Instant now = clock.instant();
    List<String> keys = keys(shard);
    List<String> arguments = new ArrayList<>();
    arguments.add(ms(now));
    arguments.add(ms(now.plus(settings.lease())));
    arguments.add(Long.toString(life().toMillis()));
    for (Wake wake : wakes) {
      keys.add(sentKey(shard, wake.key()));
      arguments.add(member(wake.key()));
      arguments.add(Long.toString(wake.timeMs()));
    }
    List<String> claimed = run(ADMIT, keys, arguments);
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < claimed.size(); i += 2) {
      long timeMs = Long.parseLong(claimed.get(i + 1));
      claims.add(new Claim(wake(claimed.get(i), timeMs), 0));
    }
    return claims;
  }

  @Override
  public Due due() {
    List<Claim> claims = new ArrayList<>();
    long waiting = 0;
    for (int shard = 0; shard < settings.shards(); shard++) {
      Instant now = clock.instant();
      List<String> arguments =
          List.of(ms(now), ms(now.plus(settings.lease())), Integer.toString(settings.batch()));
      List<String> answer = run(CLAIM, keys(shard), arguments);
      waiting += Long.parseLong(answer.getFirst());
      for (int i = 1; i < answer.size(); i += 2) {
        claims.add(claim(answer.get(i), answer.get(i + 1)));
      }
    }
    return new Due(claims, waiting);
  }

  @Override
  public void sent(Claim claim) {
    end(claim, ms(clock.instant().plus(pushes.interval(claim.wake().urgency()))));
  }

  @Override
  public void settled(Claim claim) {
    end(claim, "0");
  }

  private void end(Claim claim, String quietUntilMs) {
    Wake.Key key = claim.wake().key();
    int shard = shard(key);
    List<String> keys = keys(shard);
    keys.add(sentKey(shard, key));
    redis.execute(
        SETTLE,
        keys,
        member(key),
        Long.toString(claim.wake().timeMs()),
        quietUntilMs,
        Long.toString(pushes.memory().toMillis()));
  }

  @Override
  public void later(Claim claim, Instant due, int attempts) {
    Wake.Key key = claim.wake().key();
    redis.execute(POSTPONE, keys(shard(key)), member(key), ms(due), Integer.toString(attempts));
  }

  /** What waits is dropped when it is too old; the keys go a little after the last of it. */
  private Duration life() {
    return pushes.memory().plus(settings.lease()).multipliedBy(2);
  }

  private int shard(Wake.Key key) {
    return Partitions.of(key.device().account(), settings.shards());
  }

  private static List<String> keys(int shard) {
    return new ArrayList<>(List.of("push:{" + shard + "}:due", "push:{" + shard + "}:wake"));
  }

  private static String sentKey(int shard, Wake.Key key) {
    return "push:{" + shard + "}:sent:" + member(key);
  }

  private static String member(Wake.Key key) {
    String urgency =
        switch (key.urgency()) {
          case URGENT -> "u/";
          case BACKGROUND -> "b/";
        };
    return urgency + key.device();
  }

  private static Wake wake(String member, long timeMs) {
    Urgency urgency = member.startsWith("u/") ? Urgency.URGENT : Urgency.BACKGROUND;
    int slash = member.indexOf('/', 2);
    AccountId account = AccountId.parse(member.substring(2, slash));
    int device = Integer.parseInt(member.substring(slash + 1));
    return new Wake(new DeviceAddress(account, device), urgency, timeMs);
  }

  private static Claim claim(String member, String state) {
    int space = state.indexOf(' ');
    Wake wake = wake(member, Long.parseLong(state.substring(0, space)));
    return new Claim(wake, Integer.parseInt(state.substring(space + 1)));
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private List<String> run(RedisScript<List> script, List<String> keys, List<String> arguments) {
    return redis.execute(script, keys, arguments.toArray());
  }

  private static String ms(Instant time) {
    return Long.toString(time.toEpochMilli());
  }

  private static <T> RedisScript<T> script(String name, Class<T> result) {
    return RedisScript.of(new ClassPathResource(name + ".lua", RedisSchedule.class), result);
  }
}
