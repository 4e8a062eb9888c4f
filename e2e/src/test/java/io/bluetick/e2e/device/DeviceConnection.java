package io.bluetick.e2e.device;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.bluetick.bench.device.DeviceSocket;
import io.bluetick.bench.device.Ending;
import io.bluetick.bench.device.SocketListener;
import io.bluetick.e2e.device.Outgoing.Receipts;
import io.bluetick.e2e.device.Outgoing.ToAccount;
import io.bluetick.e2e.history.MessageId;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.Acknowledge;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.Devices;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.Rejected;
import io.bluetick.protocol.v1.SendReceipts;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Welcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection of a device: the aliases of both sides, and the counting of sequences. */
final class DeviceConnection implements SocketListener {
  private final TestDevice device;
  private final Map<AccountId, Peer> named = new HashMap<>();
  private final Map<Integer, Author> authors = new HashMap<>();
  private @Nullable DeviceSocket socket;
  private long sequence;
  private long acknowledged;

  /** An alias that this side gave, and the list that it stands for. */
  private record Peer(int alias, long version) {}

  /** Who is named by an alias of the gateway's. */
  private record Author(DeviceAddress address, int registration) {
    MessageId message(long counter) {
      return new MessageId(address, registration, counter);
    }
  }

  /**
   * Begins.
   *
   * @param acknowledged as Open tells it
   */
  DeviceConnection(TestDevice device, long acknowledged) {
    this.device = device;
    this.sequence = acknowledged;
    this.acknowledged = acknowledged;
  }

  boolean isOpen() {
    return socket != null;
  }

  // ---- To the gateway --------------------------------------------------------------------------

  void write(long counter, Outgoing part) {
    switch (part) {
      case ToAccount message -> write(counter, message);
      case Receipts receipts -> write(counter, receipts);
    }
  }

  private void write(long counter, ToAccount message) {
    SendToAccount.Builder send = SendToAccount.newBuilder().setCounter(counter);
    AccountId account = message.account();
    Peer known = named.get(account);
    if (known == null || known.version() != message.to().version()) {
      known = new Peer(known == null ? named.size() + 1 : known.alias(), message.to().version());
      named.put(account, known);
      send.setAccount(account.bytes()).setListVersion(known.version());
    }
    send.setTo(known.alias());
    MessageId id = device.id(counter);
    send.addAllDevices(copies(id, account, message.to().numbers()));
    if (!message.own().numbers().isEmpty()) {
      send.addAllOwnDevices(copies(id, device.address().account(), message.own().numbers()))
          .setOwnListVersion(message.own().version());
    }
    write(Frames.encode(ClientFrameType.SEND_TO_ACCOUNT, send.build()));
  }

  private static List<DeviceCiphertext> copies(
      MessageId id, AccountId account, Set<Integer> numbers) {
    return numbers.stream()
        .map(number ->
            DeviceCiphertext.newBuilder()
                .setDevice(number)
                .setCiphertext(
                    ByteString.copyFromUtf8(id.textFor(new DeviceAddress(account, number))))
                .build())
        .toList();
  }

  private void write(long counter, Receipts receipts) {
    SendReceipts.Builder send =
        SendReceipts.newBuilder()
            .setCounter(counter)
            .setDevice(receipts.of().device())
            .setKind(ReceiptKind.READ)
            .addAllCounters(receipts.counters());
    Peer known = named.get(receipts.of().account());
    if (known == null) {
      send.setAccount(receipts.of().account().bytes());
    } else {
      send.setTo(known.alias());
    }
    write(Frames.encode(ClientFrameType.SEND_RECEIPTS, send.build()));
  }

  /** Once for all that came since the last time. */
  void acknowledge(long upTo) {
    if (upTo > acknowledged) {
      acknowledged = upTo;
      Acknowledge acknowledge = Acknowledge.newBuilder().setUpTo(upTo).build();
      write(Frames.encode(ClientFrameType.ACKNOWLEDGE, acknowledge));
      flush();
    }
  }

  void flush() {
    Objects.requireNonNull(socket).flush();
  }

  void close() {
    if (socket != null) {
      socket.close();
    }
  }

  private void write(byte[] frame) {
    Objects.requireNonNull(socket).write(frame);
  }

  // ---- From the gateway ------------------------------------------------------------------------

  @Override
  public void opened(DeviceSocket opened, Welcome welcome) {
    socket = opened;
    device.opened(this);
  }

  @Override
  public void ended(DeviceSocket ended, Ending ending) {
    socket = null;
    device.ended(this, ending);
  }

  @Override
  public void frame(DeviceSocket from, int type, byte[] frame, int offset, int length) {
    try {
      heard(new Heard(type, frame.clone(), offset, length));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      device.fault("what came is no frame of type " + type + ": " + e.getMessage());
    }
  }

  /** A frame whose bytes stay: what is decoded shares them. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
  private record Heard(int type, byte[] frame, int offset, int length) {
    <T> T as(Parser<T> parser) throws InvalidProtocolBufferException {
      return Frames.decode(parser, frame, offset, length);
    }
  }

  private void heard(Heard heard) throws InvalidProtocolBufferException {
    if (Frames.isOfNumberedKind(heard.type())) {
      stanza(heard);
      return;
    }
    switch (ServerFrameType.forNumber(heard.type())) {
      case ACCEPTED -> heard.as(Accepted.parser()).getCountersList().forEach(device::accepted);
      case REFUSED -> device.refused(heard.as(Refused.parser()));
      case DRAINED -> device.drained();
      case REPLACED -> device.replaced();
      case null, default -> {
        // Of others nothing is kept.
      }
    }
  }

  /** Where fields mean the same in all stanzas, they are read as a message's. */
  private void stanza(Heard heard) throws InvalidProtocolBufferException {
    Message any = heard.as(Message.parser());
    sequence += any.getSequenceDelta();
    if (any.getFrom() != 0 && !any.getAccount().isEmpty()) {
      AccountId account = AccountId.of(any.getAccount());
      authors.put(
          any.getFrom(),
          new Author(new DeviceAddress(account, any.getDevice()), any.getRegistration()));
    }
    boolean isNew = any.getSequenceDelta() == 0 || !device.has(sequence);
    if (isNew) {
      take(heard, any);
    }
    if (any.getSequenceDelta() != 0) {
      device.stored(this, sequence);
    }
  }

  private void take(Heard heard, Message any) throws InvalidProtocolBufferException {
    switch (ServerFrameType.forNumber(heard.type())) {
      case MESSAGE ->
          device.shown(author(any.getFrom()).message(any.getCounter()), any.getCiphertext());
      case RECEIPT -> {
        Receipt receipt = heard.as(Receipt.parser());
        DeviceAddress by = author(any.getFrom()).address();
        receipt
            .getCountersList()
            .forEach(counter -> device.receipted(counter, by, receipt.getKind()));
      }
      case DEVICES -> device.repair(heard.as(Devices.parser()));
      case REJECTED -> {
        Rejected rejected = heard.as(Rejected.parser());
        device.rejected(rejected.getCounter(), rejected.getCode());
      }
      case null, default -> {
        // Calls and changes are counted, and no more.
      }
    }
  }

  private Author author(int alias) {
    Author author = authors.get(alias);
    if (author == null) {
      throw new IllegalArgumentException("the alias " + alias + " was never defined");
    }
    return author;
  }
}
