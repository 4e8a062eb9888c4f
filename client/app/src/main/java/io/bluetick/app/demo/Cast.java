package io.bluetick.app.demo;

import io.bluetick.app.device.Profiles;
import java.net.URI;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Ann and Bob, and where they are. */
final class Cast implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final World world;
  private final boolean isColoured;
  private final String secret = HexFormat.of().formatHex(bytes());
  private final Person ann = new Person("Ann");
  private final Person bob = new Person("Bob");

  /**
   * What is around them.
   *
   * @param profiles where theirs are made, which nobody has yet
   * @param codes finds the code of a verification
   */
  record World(Profiles profiles, URI server, UnaryOperator<String> codes, ZoneId zone) {}

  Cast(World world, boolean isColoured) {
    this.world = world;
    this.isColoured = isColoured;
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  Person ann() {
    return ann;
  }

  Person bob() {
    return bob;
  }

  void register(Person person) {
    String number = "+49151%08d".formatted(RANDOM.nextInt(100_000_000));
    person.register(world.profiles(), world.server(), number, world.codes(), secret);
  }

  /** Both have an account now. */
  void meet() {
    ann.meet(bob, world.zone(), isColoured);
    bob.meet(ann, world.zone(), isColoured);
  }

  /** When one of them last heard something. */
  long heardNanos() {
    return Math.max(ann.heardNanos(), bob.heardNanos());
  }

  Optional<String> trouble() {
    return Stream.of(ann, bob).flatMap(each -> each.trouble().stream()).findFirst();
  }

  @Override
  public void close() {
    try (ann) {
      bob.close();
    }
  }
}
