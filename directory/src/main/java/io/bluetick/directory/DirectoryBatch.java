package io.bluetick.directory;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Operations on the directory that are sent together: one round trip for all of them. They are
 * gathered by one thread and obeyed in their order, each account's own in one step. Nothing happens
 * before {@link #send}. What is answered fails with {@link DirectoryAwayException} and nothing
 * else; the operation may have been obeyed all the same.
 */
public final class DirectoryBatch {
  private final DirectoryScript script;
  private final DirectoryLink link;
  private final List<AsyncCommand<String, byte[], ?>> commands = new ArrayList<>();

  DirectoryBatch(DirectoryScript script, DirectoryLink link) {
    this.script = script;
    this.link = link;
  }

  /**
   * What opens a session.
   *
   * @param registration of the device in the list
   * @param attempt of the device to connect, as it counts; 0: it does not
   * @param list as the caller knows it; it is written if it is newer
   */
  public record Open(
      DeviceAddress device,
      int registration,
      Place place,
      long attempt,
      long nowMs,
      DeviceList list) {}

  /** Makes the place the device's route, unless a later attempt has. */
  public CompletionStage<Opening> open(Open open) {
    return call(
        open.device().account(),
        DirectoryFormat::opening,
        "open",
        open.device().device(),
        open.registration(),
        open.place().node(),
        Long.toUnsignedString(open.place().connection()),
        Long.toUnsignedString(open.attempt()),
        open.nowMs(),
        open.list().version(),
        open.list().bytes());
  }

  /** Ends a session and what it displaced, if it is still known. */
  public CompletionStage<Void> close(DeviceAddress device, long epoch) {
    return done(device.account(), "close", device.device(), epoch);
  }

  /** Takes an opening back: what it displaced is the route again, if nothing newer is. */
  public CompletionStage<Void> abandon(DeviceAddress device, long epoch) {
    return done(device.account(), "abandon", device.device(), epoch);
  }

  /** Writes a route that Redis may have lost. */
  public CompletionStage<Restoring> restore(
      DeviceAddress device, int registration, Place place, long epoch, DeviceList list) {
    return call(
        device.account(),
        DirectoryFormat::restoring,
        "restore",
        device.device(),
        registration,
        place.node(),
        Long.toUnsignedString(place.connection()),
        epoch,
        list.version(),
        list.bytes());
  }

  /** Writes a list if it is newer. From then on nobody opens by an older one. */
  public CompletionStage<Void> putList(AccountId account, DeviceList list) {
    return done(account, "put", list.version(), list.bytes());
  }

  /**
   * Forgets an account but for its routes, which are ended apart. For a day whoever still knows it
   * is told that its list is stale.
   */
  public CompletionStage<Void> remove(AccountId account) {
    return done(account, "remove", DirectoryFormat.GONE_VERSION);
  }

  /**
   * The routes of some devices, whether their gateways live or not; those that were displaced too,
   * because whoever displaced them may not have told them yet.
   *
   * @param upToRegistration what registered later at the same number is another device
   */
  public CompletionStage<List<LiveRoute>> routes(
      AccountId account, Collection<Integer> devices, int upToRegistration) {
    return routes("routes", account, devices, upToRegistration);
  }

  /** As {@link #routes}, and takes them away. The devices' epochs go on. */
  public CompletionStage<List<LiveRoute>> end(
      AccountId account, Collection<Integer> devices, int upToRegistration) {
    return routes("end", account, devices, upToRegistration);
  }

  private CompletionStage<List<LiveRoute>> routes(
      String operation, AccountId account, Collection<Integer> devices, int upToRegistration) {
    List<Object> words = new ArrayList<>();
    words.add(operation);
    words.add(upToRegistration);
    words.addAll(devices);
    return call(account, DirectoryFormat::routes, words.toArray());
  }

  private CompletionStage<Void> done(AccountId account, Object... words) {
    return call(account, Function.identity(), words).thenAccept(_ -> {});
  }

  private <T> CompletionStage<T> call(
      AccountId account, Function<List<byte[]>, T> decoded, Object... words) {
    List<Object> arguments = List.of(words);
    AsyncCommand<String, byte[], List<byte[]>> command = script.call(account, arguments);
    commands.add(command);
    return Answers.typed(script.answer(command, link, account, arguments).thenApply(decoded));
  }

  /** Sends what was gathered. The batch may be used anew. */
  public void send() {
    if (!commands.isEmpty()) {
      link.send(List.copyOf(commands));
      commands.clear();
    }
  }
}
