package io.bluetick.bench.load;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.ServerFrameType;

/** Messages to one account with one device, each answered when it is durable. */
public final class MessageScript implements Script {
  private static final int ALIAS = 1;
  private static final int LIST_VERSION = 1;

  private final AccountId recipient;
  private final DeviceCiphertext ciphertext;
  private long counter;

  public MessageScript(AccountId recipient, byte[] ciphertext) {
    this.recipient = recipient;
    this.ciphertext =
        DeviceCiphertext.newBuilder().setCiphertext(ByteString.copyFrom(ciphertext)).build();
  }

  /** The first names the recipient, as a device does once per connection. */
  @Override
  public byte[] request() {
    counter++;
    SendToAccount.Builder message =
        SendToAccount.newBuilder().setCounter(counter).setTo(ALIAS).addDevices(ciphertext);
    if (counter == 1) {
      message.setAccount(recipient.bytes()).setListVersion(LIST_VERSION);
    }
    return Frames.encode(ClientFrameType.SEND_TO_ACCOUNT, message.build());
  }

  @Override
  public int answers(int type, byte[] frame, int offset, int length)
      throws InvalidProtocolBufferException {
    return type == ServerFrameType.ACCEPTED.getNumber()
        ? Frames.decode(Accepted.parser(), frame, offset, length).getCountersCount()
        : 0;
  }
}
