package io.bluetick.directory;

import io.bluetick.protocol.AccountId;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** directory.lua: called by its hash, and by its text where Redis does not know the hash. */
final class DirectoryScript {
  private static final String RESOURCE = "directory.lua";

  private final byte[] text;
  private final String hash;

  DirectoryScript() {
    try (InputStream resource = DirectoryScript.class.getResourceAsStream(RESOURCE)) {
      text = Objects.requireNonNull(resource, RESOURCE).readAllBytes();
      hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A call that is not sent yet. */
  AsyncCommand<String, byte[], List<byte[]>> call(AccountId account, List<Object> arguments) {
    CommandArgs<String, byte[]> args = new CommandArgs<>(DirectoryLink.CODEC).add(hash);
    return command(CommandType.EVALSHA, args, account, arguments);
  }

  private AsyncCommand<String, byte[], List<byte[]>> inFull(
      AccountId account, List<Object> arguments) {
    CommandArgs<String, byte[]> args = new CommandArgs<>(DirectoryLink.CODEC).add(text);
    return command(CommandType.EVAL, args, account, arguments);
  }

  private static AsyncCommand<String, byte[], List<byte[]>> command(
      CommandType type,
      CommandArgs<String, byte[]> args,
      AccountId account,
      List<Object> arguments) {
    args.add(1).addKey(DirectoryFormat.key(account));
    for (Object argument : arguments) {
      if (argument instanceof byte[] bytes) {
        args.add(bytes);
      } else {
        args.add(argument.toString().getBytes(StandardCharsets.US_ASCII));
      }
    }
    return new AsyncCommand<>(
        new Command<>(type, new ValueListOutput<>(DirectoryLink.CODEC), args));
  }

  /**
   * The answer to a call, which is repeated if Redis does not know the script. Redis then knows it
   * for none of those that were sent together, so they keep their order.
   */
  CompletionStage<List<byte[]>> answer(
      AsyncCommand<String, byte[], List<byte[]>> call,
      DirectoryLink link,
      AccountId account,
      List<Object> arguments) {
    return call.exceptionallyCompose(failure -> {
      if (!(failure instanceof RedisNoScriptException)) {
        return call;
      }
      AsyncCommand<String, byte[], List<byte[]>> repeated = inFull(account, arguments);
      link.send(List.of(repeated));
      return repeated;
    });
  }
}
