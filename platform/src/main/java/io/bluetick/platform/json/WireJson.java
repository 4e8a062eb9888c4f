package io.bluetick.platform.json;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Bytes are base64 with padding, ids are 32 hexadecimal digits. */
final class WireJson extends SimpleModule {
  private static final long serialVersionUID = 1L;

  WireJson() {
    super("bluetick");
    addSerializer(ByteString.class, new BytesOut());
    addDeserializer(ByteString.class, new BytesIn());
    addSerializer(AccountId.class, new IdOut());
    addDeserializer(AccountId.class, new IdIn());
  }

  private static final class BytesOut extends StdSerializer<ByteString> {
    BytesOut() {
      super(ByteString.class);
    }

    @Override
    public void serialize(ByteString bytes, JsonGenerator out, SerializationContext context) {
      out.writeString(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }
  }

  private static final class BytesIn extends StdDeserializer<ByteString> {
    BytesIn() {
      super(ByteString.class);
    }

    @Override
    public ByteString deserialize(JsonParser in, DeserializationContext context) {
      String text = in.getString();
      try {
        return ByteString.copyFrom(Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException _) {
        return (ByteString) context.handleWeirdStringValue(ByteString.class, text, "not base64");
      }
    }
  }

  private static final class IdOut extends StdSerializer<AccountId> {
    IdOut() {
      super(AccountId.class);
    }

    @Override
    public void serialize(AccountId id, JsonGenerator out, SerializationContext context) {
      out.writeString(id.toString());
    }
  }

  private static final class IdIn extends StdDeserializer<AccountId> {
    IdIn() {
      super(AccountId.class);
    }

    @Override
    public AccountId deserialize(JsonParser in, DeserializationContext context) {
      String text = in.getString();
      try {
        return AccountId.parse(text);
      } catch (IllegalArgumentException _) {
        return (AccountId) context.handleWeirdStringValue(AccountId.class, text, "not an id");
      }
    }
  }
}
