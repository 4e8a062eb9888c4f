package io.bluetick.client.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * How the API writes values: bytes as base64 with padding, ids as 32 hexadecimal digits, a signed
 * list as its two parts. Fields that are not known are passed over, for the contract grows by
 * adding; a number that is missing is a failure and no zero.
 */
final class ApiJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule("bluetick")
                  .addSerializer(ByteString.class, new BytesOut())
                  .addDeserializer(ByteString.class, new BytesIn())
                  .addSerializer(AccountId.class, new IdOut())
                  .addDeserializer(AccountId.class, new IdIn())
                  .addSerializer(SignedDeviceList.class, new ListOut())
                  .addDeserializer(SignedDeviceList.class, new ListIn()))
          .changeDefaultPropertyInclusion(
              present -> present.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ApiJson() {}

  private record SignedListJson(ByteString list, ByteString signature) {}

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
      try {
        return ByteString.copyFrom(Base64.getDecoder().decode(in.getString()));
      } catch (IllegalArgumentException _) {
        return context.reportInputMismatch(ByteString.class, "no base64");
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
      try {
        return AccountId.parse(in.getString());
      } catch (IllegalArgumentException _) {
        return context.reportInputMismatch(AccountId.class, "no id");
      }
    }
  }

  private static final class ListOut extends StdSerializer<SignedDeviceList> {
    ListOut() {
      super(SignedDeviceList.class);
    }

    @Override
    public void serialize(
        SignedDeviceList signed, JsonGenerator out, SerializationContext context) {
      context.writeValue(out, new SignedListJson(signed.getList(), signed.getSignature()));
    }
  }

  private static final class ListIn extends StdDeserializer<SignedDeviceList> {
    ListIn() {
      super(SignedDeviceList.class);
    }

    @Override
    public SignedDeviceList deserialize(JsonParser in, DeserializationContext context) {
      SignedListJson json = context.readValue(in, SignedListJson.class);
      if (json.list() == null || json.signature() == null) {
        return context.reportInputMismatch(SignedDeviceList.class, "no signed list");
      }
      return SignedDeviceList.newBuilder()
          .setList(json.list())
          .setSignature(json.signature())
          .build();
    }
  }
}
