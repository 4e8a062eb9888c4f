package io.bluetick.session.push;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * When which device is woken. Of each device and urgency at most one wake-up waits; one that comes
 * while another waits, or shortly after one was sent, is covered by the one that waits, or by one
 * at the end of the interval. One that is no newer than what was sent is covered already.
 *
 * <p>Who is given a claim must end it by one of {@link #sent}, {@link #settled} and {@link #later};
 * otherwise somebody is given it again when its lease ends.
 */
interface Schedule {

  /** Takes wake-ups in, and answers those that are to be sent at once. */
  List<Claim> admit(Collection<Wake> wakes);

  /** Claims what is due by now, not all of it if it is much. */
  Due due();

  /** It was sent, or will never be; the next one of its device waits for the interval. */
  void sent(Claim claim);

  /** It need not be sent; the next one of its device does not wait for its sake. */
  void settled(Claim claim);

  /** It is to be tried again. */
  void later(Claim claim, Instant due, int attempts);

  /**
   * What is due.
   *
   * @param waiting how many there are, due or not
   */
  record Due(List<Claim> claims, long waiting) {}
}
