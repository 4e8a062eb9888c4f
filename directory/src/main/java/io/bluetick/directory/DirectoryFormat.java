package io.bluetick.directory;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.directory.AccountEntry.ListedDevice;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.KnownDevices;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Redis keeps the directory, as Java reads it; directory.lua writes it.
 *
 * <pre>
 * dir:ACCOUNT   a hash; ACCOUNT is the id in base64url, 22 characters.
 *               Expires 40 days after an opening
 *   v           version of the list, in digits; {@link #GONE_VERSION}: the account was deleted
 *   l           the list: KnownDevices of sessions.proto
 *   NUMBER      a device, words with spaces between them:
 *               LAST_EPOCH REGISTRATION { EPOCH OPENED_MS ATTEMPT CONNECTION NODE }
 *               its routes, the present one first, then those that were displaced
 * gateway:NODE  a string that lives as long as the gateway; written by the gateways
 * </pre>
 *
 * One key for an account, so that everything about it is one operation, on any node of a cluster.
 */
final class DirectoryFormat {
  /** Higher than every list's: whoever still knows the account has a list that is too old. */
  static final long GONE_VERSION = (1L << 53) - 1;

  static final String VERSION = "v";
  static final String LIST = "l";

  private static final int WORDS_BEFORE_ROUTES = 2;
  private static final int WORDS_OF_ROUTE = 5;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private DirectoryFormat() {}

  static String key(AccountId account) {
    byte[] id =
        ByteBuffer.allocate(AccountId.BYTES).putLong(account.high()).putLong(account.low()).array();
    return "dir:" + BASE64.encodeToString(id);
  }

  static String leaseKey(String node) {
    return "gateway:" + node;
  }

  /** All that Redis knows of one account, whoever of its devices may be gone. */
  record Stored(KnownDevices list, Map<Integer, Device> devices) {}

  /** A device's latest epoch, its registration, and its routes, the present one first. */
  record Device(long epoch, int registration, List<LiveRoute> routes) {}

  /** Empty if Redis does not know the account's list. */
  static Optional<Stored> stored(Map<String, byte[]> fields) {
    byte[] list = fields.get(LIST);
    if (list == null) {
      return Optional.empty();
    }
    Map<Integer, Device> devices = new HashMap<>();
    fields.forEach((name, value) -> {
      if (!name.equals(VERSION) && !name.equals(LIST)) {
        int number = Integer.parseInt(name);
        devices.put(number, device(number, value));
      }
    });
    try {
      return Optional.of(new Stored(KnownDevices.parseFrom(list), devices));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the directory holds what is no list", e);
    }
  }

  private static Device device(int number, byte[] value) {
    String[] words = text(value).split(" ", -1);
    List<LiveRoute> routes = new ArrayList<>();
    for (int at = WORDS_BEFORE_ROUTES; at < words.length; at += WORDS_OF_ROUTE) {
      routes.add(route(number, words[at], words[at + 4], words[at + 3]));
    }
    return new Device(Long.parseLong(words[0]), Integer.parseInt(words[1]), routes);
  }

  static Opening opening(List<byte[]> answer) {
    String what = text(answer.get(0));
    return switch (what) {
      case "stale" -> new Opening.StaleList();
      case "overtaken" -> new Opening.Overtaken();
      case "opened" ->
          new Opening.Opened(
              Long.parseLong(text(answer.get(1))),
              answer.size() == 2
                  ? Optional.empty()
                  : Optional.of(place(text(answer.get(2)), text(answer.get(3)))));
      default -> throw new IllegalStateException("the directory answered " + what);
    };
  }

  static Restoring restoring(List<byte[]> answer) {
    String what = text(answer.get(0));
    return switch (what) {
      case "present" -> Restoring.PRESENT;
      case "gone" -> Restoring.GONE;
      case "stale" -> Restoring.STALE_LIST;
      default -> throw new IllegalStateException("the directory answered " + what);
    };
  }

  static List<LiveRoute> routes(List<byte[]> answer) {
    List<LiveRoute> routes = new ArrayList<>();
    for (int at = 0; at < answer.size(); at += 4) {
      int device = Integer.parseInt(text(answer.get(at)));
      String epoch = text(answer.get(at + 1));
      routes.add(route(device, epoch, text(answer.get(at + 2)), text(answer.get(at + 3))));
    }
    return routes;
  }

  static Map<Integer, ListedDevice> listed(KnownDevices list) {
    Map<Integer, ListedDevice> devices = new HashMap<>();
    list.getDevicesList()
        .forEach(device ->
            devices.put(
                device.getDevice(),
                new ListedDevice(
                    device.getDevice(), device.getRegistration(), device.getSinceVersion())));
    return devices;
  }

  private static LiveRoute route(int device, String epoch, String node, String connection) {
    return new LiveRoute(device, Long.parseLong(epoch), place(node, connection));
  }

  private static Place place(String node, String connection) {
    return new Place(node, Long.parseUnsignedLong(connection));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
